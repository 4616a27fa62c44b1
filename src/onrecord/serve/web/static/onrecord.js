// The pages work without this file; it only makes two things nicer: copying a link, and remembering nothing.
"use strict";
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const text = new URL(button.dataset.copy, location.href).href;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = button.dataset.done;
  } catch {
    button.textContent = text;
  }
});
for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
