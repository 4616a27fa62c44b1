"""The language of a text, told by its script and small words; unknown is not English."""

from __future__ import annotations

import pytest

from onrecord.reading.identify import identify


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The ferry will not sail on Monday, and the harbour is closed.", "en"),
        ("Le Président a reçu les ambassadeurs de la région dans son palais.", "fr"),
        ("Der Minister hat mit den Botschaftern über die Fähre gesprochen, und das ist gut.", "de"),
        ("Министр не подписал договор, и это было его решение.", "ru"),
        ("Міністр не підписав договір, і це було його рішення щодо їхньої землі.", "uk"),
        ("استقبل الوزير السفراء في القصر من أجل الحديث عن السلام", "ar"),
        ("وزیر با سفیران در کاخ دیدار کرد و این را گفت", "fa"),
        ("שר החוץ נפגש עם השגרירים", "he"),
        ("外交部长会见了大使", "zh"),
        ("#LIVE 12:30", None),
        ("", None),
        ("Sarn – Corvane", None),
    ],
)
def test_languages(text: str, language: str | None) -> None:
    assert identify(text) == language
