"""Keeps what officials say on public Telegram channels, so that it can be checked."""
