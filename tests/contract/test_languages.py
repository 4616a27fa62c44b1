"""Every language folder keeps the schema, and says what is wrong where it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.reading import language as tables
from onrecord.reading.language import LanguageError, language, languages, schema


@pytest.mark.parametrize("code", languages())
def test_tables_keep_the_schema(code: str) -> None:
    found = language(code)
    assert {file.stem for file in (tables.FOLDER / code).glob("*.csv")} == {
        name for name in schema() if found.has(name)
    }
    assert all(row["source"].strip() for name in schema() for row in found.rows(name))


def _folder(place: Path, table: str) -> Path:
    folder = place / "languages"
    (folder / "xx").mkdir(parents=True)
    (folder / "schema.csv").write_text((tables.FOLDER / "schema.csv").read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "xx" / "stances.csv").write_text(table, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("word,source\nsure,here\n", "the header must be word,kind,source"),
        ("word,kind,source\nsure,often,here\n", "line 2: kind is 'often', not one of state"),
        ("word,kind,source\nsure,state,\n", "line 2: the cell 'source' is empty"),
        ("word,kind,source\nsure,state\n", "line 2: the cell 'source' is missing"),
        ("word,kind,source\nsure,state,here,there\n", "more cells than columns"),
    ],
)
def test_a_broken_table_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: str, message: str) -> None:
    monkeypatch.setattr(tables, "FOLDER", _folder(tmp_path, table))
    language.cache_clear()
    schema.cache_clear()
    try:
        with pytest.raises(LanguageError, match=message):
            language("xx").rows("stances")
    finally:
        language.cache_clear()
        schema.cache_clear()


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(LanguageError, match=r"there are .*en"):
        language("zz")
