"""The who's who over a small record: merged on evidence, split on a person's word."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from onrecord.archive import readings
from onrecord.archive.database import schema_files
from onrecord.ask.people import Known, People, person, who
from onrecord.model import Person, Reading, Statement

MENTIONS = [
    # name, role, country, day
    ("Ana Brandt", "Foreign Minister", "NO", 1),
    ("Anna Brandt", "Foreign Minister", "NO", 2),
    ("Ana Brandt", "Prime Minister", "NO", 9),
    ("Brandt", "Foreign Minister", "NO", 3),
    ("Olga Brandt", "Mayor", "SE", 4),
    ("Sergei Lavrin", "Envoy", "FI", 5),
    ("Sergey Lavrin", "Envoy", "FI", 6),
    ("Sergey Lavrin", "Director", None, 7),
]


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    for _, sql in schema_files():
        connection.executescript(sql)
    connection.execute("INSERT INTO channel (id, key) VALUES (1, 'norlandmfa')")
    for number, (name, role, country, day) in enumerate(MENTIONS, 1):
        text = f"{role} {name} spoke: Peace holds."
        connection.execute(
            "INSERT INTO post (id, channel_id, telegram_id, kind, date, date_precision, place, version_id, versions, "
            "captures, changed) VALUES (?, 1, ?, 'text', ?, 'second', ?, ?, 1, 1, ?)",
            (number, number, day * 86_400, number, number, number),
        )
        connection.execute(
            "INSERT INTO version (id, post_id, number, text, hash, fingerprint, data) VALUES (?, ?, 1, ?, ?, 0, '{}')",
            (number, number, text, f"h{number}"),
        )
        end = len(role) + 1 + len(name)
        said = Statement("Peace holds.", end + 8, end + 20, name, role, country, "direct")
        held = Person(name, role, country, None, text[:end], 0, end)
        readings.write(connection, [(number, Reading((said,), (), (held,), (), (), (), ()))])
    yield connection
    connection.close()


def known(connection: sqlite3.Connection, name: str) -> Known:
    found = person(connection, name)
    assert found is not None
    return found


def test_spellings_with_one_office_are_one_person(connection: sqlite3.Connection) -> None:
    found = known(connection, "Sergei Lavrin")
    assert set(found.names) == {"Sergei Lavrin", "Sergey Lavrin"}
    assert [office.role for office in found.offices] == ["Envoy", "Director"]
    assert found.merged
    assert found.statements == 3


def test_a_short_name_goes_to_the_full_one_and_an_office_has_its_words(connection: sqlite3.Connection) -> None:
    found = known(connection, "Ana Brandt")
    assert "Brandt" in found.names
    assert "Olga Brandt" not in found.names
    first = found.offices[0]
    assert (first.role, first.text, first.key) == ("Foreign Minister", "Foreign Minister Ana Brandt", "norlandmfa/1")


def test_an_ambiguous_name_is_nobodys(connection: sqlite3.Connection) -> None:
    assert person(connection, "Nobody") is None
    assert person(connection, "brandt") is not None


def test_a_person_may_be_split_by_hand(connection: sqlite3.Connection) -> None:
    connection.execute(
        "INSERT INTO correction (kind, target, value, made_at, made_by) "
        "VALUES ('split', 'Sergei Lavrin', 'Sergey Lavrin', '2031-01-01', 'Mia')"
    )
    assert known(connection, "Sergei Lavrin").names == ("Sergei Lavrin",)


def test_people_stand_in_the_order_of_posts_and_can_be_searched(connection: sqlite3.Connection) -> None:
    assert next(one.name for one in who(connection, People()).people) == "Ana Brandt"
    assert [one.name for one in who(connection, People(text="olga")).people] == ["Olga Brandt"]
    assert who(connection, People(limit=1)).total == 3
