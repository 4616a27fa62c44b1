"""Questions that two answer: the second speaker takes the question over, and who only passes it on has none.

"Dr. Ode?" between a question and its answer hands it on; what a colleague adds answers it too (the reading guide,
`statements`, question).
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import replace

from onrecord.model import Statement
from onrecord.reading.statements_blocks import Block

_WORD = re.compile(r"\w+")
_MOST_WHEN_HANDED_ON = 4  # words of "Dr. Ode?"
_FEWEST_OF_ANSWER = 6  # words: "Next question." answers nothing
_OPENING = 100  # code points


def with_shared_questions(turns: Sequence[tuple[Block, Statement]], chairing: Container[str]) -> list[Statement]:
    """The statements of a post in order, each with the question that it answers.

    ``chairing`` are the first words of who leads through a news conference and answers nothing ("Thank you all").
    """
    told = [statement for _, statement in turns]
    for at in range(1, len(turns)):
        before, statement = told[at - 1], told[at]
        if before.question is None or statement.question is not None or before.speaker == statement.speaker:
            continue
        if turns[at][0].lines[0] - turns[at - 1][0].lines[-1] != 1 or turns[at][0].setting.question is not None:
            continue
        if before.text.endswith("?") and len(_WORD.findall(before.text)) <= _MOST_WHEN_HANDED_ON:
            told[at - 1] = replace(before, question=None)
            told[at] = replace(statement, question=before.question)
        elif _adds(statement.text, chairing):
            told[at] = replace(statement, question=before.question)
    return told


def _adds(text: str, chairing: Container[str]) -> bool:
    words = _WORD.findall(text[:_OPENING].lower())
    return len(words) >= _FEWEST_OF_ANSWER and words[0] not in chairing and not text.endswith("?")
