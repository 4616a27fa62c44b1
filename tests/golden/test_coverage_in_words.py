"""What an archive covers, as a sentence: numbers in groups, languages by their names."""

from __future__ import annotations

from onrecord.ask.check_answer import Answer
from onrecord.ask.check_passages import ChannelCover, Cover
from onrecord.ask.check_sentence import sentence_for
from onrecord.ask.home import Held


def test_the_sentence_of_a_check_groups_the_digits_of_its_numbers() -> None:
    cover = Cover((ChannelCover("norland_mfa", 3973),), 3973)
    answer = Answer("not in this archive", "", "no such words", "not in this archive", cover)
    assert sentence_for(answer, 3) == "not in this archive, which holds 3,973 posts of 1 channel"


def test_the_coverage_names_languages() -> None:
    held = Held(0, 12_000, (), None, None, None, 1_500, 2, {"en": 9_000, "ru": 2_500, "xx": 500}, (), ())
    assert held.told() == (
        "This archive covers 12,000 posts of 0 channels (2 undated, 1,500 ids never seen; "
        "languages: English (en), Russian (ru), xx)."
    )
