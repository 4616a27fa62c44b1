"""Lines of votes, digests, briefings and interviews: what opens somebody's words and what doesn't."""

from __future__ import annotations

from onrecord.model import Statement
from onrecord.reading.context import Context
from onrecord.reading.read import read


def _direct(text: str) -> list[Statement]:
    return [one for one in read(text, Context()).statements if one.form == "direct"]


def test_the_fields_of_a_vote_are_no_speakers() -> None:
    text = "Vote No. 7\nBill C-9 (second reading)\nResult: Negatived\nYeas: 148 / Nays: 172\n\nResult: Agreed to"
    assert _direct(text) == []


def test_bold_lines_of_an_interview_are_its_questions() -> None:
    text = (
        "“We count every litre”\n"
        "Interview with Foreign Minister Ana Ode, Ostland Gazette, 4 May 2031\n\n"
        "**Minister, how much water is left?**\nEnough for two summers. Then we must talk.\n\n"
        "**And yet you closed the dam.**\nWe did, in March.\n\n"
        "**Will you stand again?**\nAsk me after the harvest.\n\nInterview: Piet Vance"
    )
    found = _direct(text)
    assert [(one.speaker, one.question, one.text) for one in found] == [
        ("Ana Ode", "Minister, how much water is left?", "Enough for two summers. Then we must talk."),
        ("Ana Ode", "And yet you closed the dam.", "We did, in March."),
        ("Ana Ode", "Will you stand again?", "Ask me after the harvest."),
    ]


def test_bold_lines_elsewhere_are_no_questions() -> None:
    text = "**Who may vote?**\nEvery adult of Ostland may vote.\n**Where?**\nIn the town hall of the district."
    assert _direct(text) == []


def test_hashtags_in_a_digest_open_the_next_statement() -> None:
    text = (
        "🎙 Briefing by Foreign Ministry Spokesperson Ana Ode (Ostport, January 22, 2031)\n"
        "#Floods\nWe thank all states that sent boats and pumps to the valley.\n"
        "#Trade #Ports\nThe talks on the two ports go on, and we will sign nothing in haste."
    )
    assert [one.text[:9] for one in _direct(text)] == ["We thank ", "The talks"]


def test_who_asks_is_told_with_an_outlet() -> None:
    text = (
        "Transcript of the briefing by the Official Spokesperson (August 22, 2031)\n\n"
        "Ana Ode, Official Spokesperson: Good evening to all of you.\n\n"
        "Piet, Coastal Post: Has the ferry been found?\n\n"
        "Ana Ode, Official Spokesperson: The search goes on.\n\n"
        "Mara, Dune News: Will you ask for help?\n\n"
        "Ana Ode, Official Spokesperson: We have asked two neighbours."
    )
    questions = [None, "Has the ferry been found?", "Will you ask for help?"]
    assert [one.question for one in _direct(text)] == questions
