"""What folds away and what stays: pairs of a text and its normal form."""

from __future__ import annotations

import pytest

from onrecord.post.fold import fingerprint, fold, fold_many, solid, words

PAIRS = [
    ("«Мир»,  ПРИШЁЛ", "мир пришел"),
    ("й stays й: мой, мои", "й stays й мой мои"),
    ("Україна, Київ, ґанок", "україна київ ґанок"),
    ("уда́р", "удар"),
    ("Don’t panic! “Never”—he said…", "dont panic never he said"),
    ("ﬁve ＡＢ 𝐁𝐨𝐥𝐝", "five ab bold"),
    ("Erdoğan, Şahin, Yıldırım, Łódź, Touadéra", "erdogan sahin yildirim lodz touadera"),
    ("1,500 and 1.5 and 0,125", "1500 and 1.5 and 0,125"),
    ("5% of $3bn", "5 % of $ 3 bn"),
    ("٣٫٥ و ۲۰", "3.5 و 20"),
    ("2️⃣0️⃣0️⃣ days", "200 days"),
    ("🇷🇺❗️👉🏻 go ℹ️", "go"),
    ("إِيرانُ وأمريكا الـــعربيّة", "ايران وامريكا العربيه"),
    ("می‌خواهم کتاب", "ميخواهم كتاب"),
    ("צה״ל שָׁלוֹם", "צהל שלום"),
    ("हिन्दी भाषा", "हिन्दी भाषा"),
    ("が 한국어 中文字", "が 한국어 中文字"),
    ("Mинистр and Кiev", "министр and kiev"),
    ("#RootCauses #Foreign_Ministry", "rootcauses foreign ministry"),
    ("µm, МИD", "μm миԁ"),
    ("Straße", "strasse"),
    ("½ x²", "1 2 x2"),
    ("", ""),
    ("\u200b\u00ad 🙂 ***", ""),
]


@pytest.mark.parametrize(("text", "folded"), PAIRS)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold_many([text]) == [folded]
    assert fold(folded) == folded


def test_positions_lead_back_to_the_text() -> None:
    text = "Don’t  «МИР» 5%"
    assert [(w.text, text[w.start : w.end]) for w in words(text)] == [
        ("dont", "Don’t"),
        ("мир", "МИР"),
        ("5", "5"),
        ("%", "%"),
    ]


def test_spaces_put_into_words_are_nothing_to_the_solid_form() -> None:
    assert solid('Newspaper "I zvestia" unlawfu l') == solid('Newspaper "Izvestia" unlawful')
    assert fingerprint("A  b") == fingerprint("a B")
    assert fingerprint("a b") != fingerprint("ab")
