"""A person's way at the command line: take captures in, look at a post, at the coverage, verify, rebuild."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from onrecord.serve.cli import main


@pytest.fixture(autouse=True)
def _record_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Readings and the search index have journeys of their own."""
    for module in ("add", "rebuild"):
        monkeypatch.setattr(f"onrecord.keep.{module}.derive", lambda *_, **__: None)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return tmp_path / "archive"


def run(archive: Path, *arguments: str | Path, **more: object) -> Result:
    return CliRunner().invoke(main, ["--archive", str(archive), *map(str, arguments)], **more)  # type: ignore[arg-type]


def export(path: Path, ids: range, *, text: str = "Statement {} of the ministry of Norland.") -> Path:
    messages = [
        {
            "id": n,
            "type": "message",
            "date": "2031-05-04T10:00:00",
            "date_unixtime": str(1_935_000_000 + n * 60),
            "text": text.format(n),
        }
        for n in ids
    ]
    chat = {"name": "Norland MFA", "type": "public_channel", "id": 77, "messages": messages}
    path.write_text(json.dumps(chat, indent=1))
    return path


def lines(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_the_whole_way(archive: Path, tmp_path: Path) -> None:
    file = export(tmp_path / "result.json", range(1, 6))
    added = run(archive, "add", file, "--channel", "NorlandMFA", "--json")
    assert added.exit_code == 0
    assert [(one["outcome"], one["posts"], one["new_posts"]) for one in lines(added)] == [("new", 5, 5)]
    (shown,) = lines(run(archive, "show", "norlandmfa/3", "--json"))
    assert shown["key"] == "NorlandMFA/3" and shown["text"] == "Statement 3 of the ministry of Norland."
    assert shown["date"] == "2031-04-26T20:03:00Z" and shown["date_basis"] == "platform"
    assert run(archive, "show", "https://t.me/NorlandMFA/3").stdout.startswith("NorlandMFA/3 ")
    (covered,) = lines(run(archive, "coverage", "--json"))
    assert (covered["posts"], covered["first_id"], covered["last_id"], covered["never_seen"]) == (5, 1, 5, [])
    assert run(archive, "verify").exit_code == 0
    assert run(archive, "rebuild").exit_code == 0
    assert lines(run(archive, "show", "NorlandMFA/3", "--json")) == [shown]


def test_the_fields_of_a_post(archive: Path, tmp_path: Path) -> None:
    run(archive, "add", export(tmp_path / "result.json", range(1, 3)), "--channel", "NorlandMFA")
    (shown,) = lines(run(archive, "show", "NorlandMFA/1", "--json"))
    wanted = "key channel id date date_basis kind text forwarded_from reply_to hashtags links media versions captures"
    assert set(wanted.split()) <= set(shown)


def test_the_same_bytes_twice_are_one_capture_taken_in_twice(archive: Path, tmp_path: Path) -> None:
    file = export(tmp_path / "result.json", range(1, 6))
    run(archive, "add", file)
    again = run(archive, "add", file, "--json")
    assert [one["outcome"] for one in lines(again)] == ["known"]
    (checked,) = lines(run(archive, "verify", "--json"))
    assert (checked["captures"], checked["entries"]) == (1, 2)


def test_what_is_stated_later_counts(archive: Path, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_text("message_id,date,text\n1,2031-05-04 10:00:00,The envoy of Norland has arrived in the capital.\n")
    run(archive, "add", file)
    run(archive, "add", file, "--channel", "NorlandMFA")
    assert lines(run(archive, "show", "NorlandMFA/1", "--json"))
    assert run(archive, "verify").exit_code == 0


def test_a_capture_without_a_readable_post_is_kept_and_said_to_be_unread(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "cut.json").write_text('{"name":"Quay","type":"public_channel","id":1,"messages":[{"id":1 "te')
    done = run(archive, "add", "--json", tmp_path / "cut.json")
    (told,) = lines(done)
    assert (done.exit_code, told["outcome"], told["unread"]) == (1, "new", True)
    (fault,) = told["faults"]
    assert "damaged before its first message" in fault["what"] and "\n" not in fault["what"]


def test_a_broken_file_costs_only_itself(archive: Path, tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    export(folder / "a.json", range(1, 4))
    (folder / "b.json").write_bytes(b'{"name": "x", "type": "public_channel", "id": 9, "messages": [\n {"id": 1, "ty')
    (folder / "picture.jpg").write_bytes(b"\xff\xd8\xff\xe0 no post in here")
    export(folder / "c.json", range(4, 6))
    added = run(archive, "add", folder, tmp_path / "absent.json", "--json")
    outcomes = {Path(str(one["name"])).name: one["outcome"] for one in lines(added)}
    assert added.exit_code == 1
    assert outcomes["a.json"] == outcomes["c.json"] == "new"
    assert outcomes["picture.jpg"] == "skipped" and outcomes["absent.json"] == "refused"
    (covered,) = [one for one in lines(run(archive, "coverage", "--json")) if one.get("posts")]
    assert covered["last_id"] == 5


def test_a_page_in_a_zip_and_alone_is_one_page(archive: Path, tmp_path: Path) -> None:
    file = export(tmp_path / "result.json", range(1, 4))
    with zipfile.ZipFile(tmp_path / "saved.zip", "w") as packed:
        packed.write(file, "chat/result.json")
    run(archive, "add", tmp_path / "saved.zip", file, "--channel", "NorlandMFA")
    (covered,) = lines(run(archive, "coverage", "--json"))
    assert (covered["posts"], covered["captures"]) == (3, 2)


def test_standard_input(archive: Path) -> None:
    data = b"message_id,date,text\n1,2031-05-04,The minister of Norland spoke to the press today.\n"
    added = run(archive, "add", "-", "--channel", "NorlandMFA", input=data)
    assert added.exit_code == 0, added.output
    assert lines(run(archive, "show", "NorlandMFA/1", "--json"))


@pytest.mark.parametrize("command", ["show", "coverage", "verify", "rebuild"])
def test_no_archive_is_a_plain_message(archive: Path, command: str) -> None:
    result = run(archive, command, *(["NorlandMFA/1"] if command == "show" else []))
    assert result.exit_code == 1
    assert result.stderr.startswith("onrecord: ") and "no archive" in result.stderr


def test_a_key_that_leads_nowhere(archive: Path, tmp_path: Path) -> None:
    run(archive, "add", export(tmp_path / "result.json", range(1, 3)), "--channel", "NorlandMFA")
    for key in ("NorlandMFA/99", "Nobody/1", "NorlandMFA/99999999999999999999999", "x", "/", "NorlandMFA/~0"):
        result = run(archive, "show", key)
        assert result.exit_code == 1 and "archive holds" in result.stderr


def test_a_flipped_bit_is_named(archive: Path, tmp_path: Path) -> None:
    run(archive, "add", export(tmp_path / "result.json", range(1, 3)))
    (place,) = [item for item in (archive / "captures").rglob("*") if item.is_file()]
    place.chmod(0o644)
    data = bytearray(place.read_bytes())
    data[50] ^= 1
    place.write_bytes(data)
    result = run(archive, "verify")
    assert result.exit_code == 1 and place.name in result.stdout


def test_a_changed_ledger_and_a_changed_text_are_named(archive: Path, tmp_path: Path) -> None:
    run(archive, "add", export(tmp_path / "result.json", range(1, 3)), "--channel", "NorlandMFA")
    with sqlite3.connect(archive / "onrecord.sqlite") as db:
        db.execute("DROP TRIGGER ledger_fixed")
        db.execute("UPDATE ledger SET entry = replace(entry, 'result', 'resvlt')")
        db.execute("UPDATE version SET text = replace(text, 'Statement 1', 'Statement 7')")
    db.close()
    (found,) = lines(run(archive, "verify", "--json"))
    assert {one["what"] for one in found["differences"]} == {"ledger", "text"}  # type: ignore[attr-defined]
    assert "NorlandMFA/1" in {one["where"] for one in found["differences"]}  # type: ignore[attr-defined]


def test_an_archive_of_a_newer_version(archive: Path, tmp_path: Path) -> None:
    run(archive, "add", export(tmp_path / "result.json", range(1, 3)))
    with sqlite3.connect(archive / "onrecord.sqlite") as db:
        db.execute("PRAGMA user_version = 9000")
    db.close()
    for arguments in (["coverage"], ["add", str(tmp_path / "result.json")]):
        result = run(archive, *arguments)
        assert result.exit_code == 1 and "newer onrecord" in result.stderr


def without_power_over_files() -> list[str]:
    """What a command begins with, so that the file system can refuse it even where the tests are run by root."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        pytest.skip("needs setpriv (util-linux), or a user whom the file system can refuse")
    return ["setpriv", "--bounding-set=-all", "--inh-caps=-all"]


def test_a_folder_that_cannot_be_written(archive: Path, tmp_path: Path) -> None:
    file = export(tmp_path / "result.json", range(1, 3))
    run(archive, "add", file)
    command = [*without_power_over_files(), sys.executable, "-m", "onrecord", "--archive", str(archive)]
    archive.chmod(0o555)
    try:
        assert subprocess.run([*command, "coverage"], capture_output=True).returncode == 0
        result = subprocess.run([*command, "add", str(file)], capture_output=True, text=True)
        assert result.returncode == 1 and "cannot be written" in result.stderr
    finally:
        archive.chmod(0o755)


def test_a_full_disk_is_said_and_loses_nothing(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(archive, "add", export(tmp_path / "one.json", range(1, 3)))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr("onrecord.archive.vault.Vault.settle", full)
        result = run(archive, "add", export(tmp_path / "two.json", range(3, 5)))
    assert result.exit_code == 1 and "disk is full" in result.stderr
    (covered,) = lines(run(archive, "coverage", "--json"))
    assert covered["posts"] == 2
    assert run(archive, "add", tmp_path / "two.json").exit_code == 0


def test_archived_text_cannot_steer_the_terminal(archive: Path, tmp_path: Path) -> None:
    file = export(tmp_path / "result.json", range(1, 2), text="Calm \x1b[2J\x1b]0;owned\x07 words {}")
    run(archive, "add", file, "--channel", "NorlandMFA")
    for arguments in (["show", "NorlandMFA/1"], ["show", "NorlandMFA/1", "--json"], ["coverage"]):
        assert not set(run(archive, *arguments).stdout) & set("\x1b\x07")


@pytest.mark.parametrize("arguments", [["--zone", "Nowhere/Land"], ["--captured-at", "soon"], ["--channel", "a b"]])
def test_what_cannot_be_understood_ends_with_two(archive: Path, tmp_path: Path, arguments: list[str]) -> None:
    result = run(archive, "add", export(tmp_path / "result.json", range(1, 2)), *arguments)
    assert result.exit_code == 2 and not archive.exists()


def test_the_file_opens_as_it_is(archive: Path, tmp_path: Path) -> None:
    run(archive, "add", export(tmp_path / "result.json", range(1, 3)), "--channel", "NorlandMFA")
    db = sqlite3.connect(archive / "onrecord.sqlite")
    try:
        assert db.execute("SELECT key, text FROM posts ORDER BY id").fetchall()[0] == (
            "NorlandMFA/1",
            "Statement 1 of the ministry of Norland.",
        )
        for view in ("versions", "captures", "sightings", "statements", "events"):
            assert db.execute(f"SELECT count(*) FROM {view}").fetchone()
    finally:
        db.close()


@pytest.mark.skipif(sys.platform == "win32", reason="needs links and pipes")
def test_links_and_pipes_in_a_folder_are_refused(archive: Path, tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    folder.mkdir()
    (folder / "out.json").symlink_to(export(tmp_path / "result.json", range(1, 3)))
    os.mkfifo(folder / "pipe")
    result = run(archive, "add", folder, "--json")
    assert {one["outcome"] for one in lines(result)} == {"refused"} and result.exit_code == 1


def test_another_archive_brings_its_captures_with_what_was_stated(archive: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    run(other, "add", export(tmp_path / "one.json", range(1, 4)), "--channel", "NorlandMFA", "--collector", "Ada")
    run(archive, "add", export(tmp_path / "two.json", range(3, 6)), "--channel", "NorlandMFA")
    for _ in range(2):
        assert run(archive, "add", other).exit_code == 0
    (covered,) = lines(run(archive, "coverage", "--json"))
    assert (covered["posts"], covered["captures"], covered["last_id"]) == (5, 2, 5)
    (checked,) = lines(run(archive, "verify", "--json"))
    assert (checked["ok"], checked["entries"]) == (True, 2)


def test_a_fault_in_a_reader_costs_one_file(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.capture.desktop_json import DesktopJson

    portions = DesktopJson.portions

    def fails(self: DesktopJson, source: object, hints: object, is_mine: object) -> object:
        if "bad" in source.name:  # type: ignore[attr-defined]
            raise ZeroDivisionError("a bug")
        return portions(self, source, hints, is_mine)  # type: ignore[arg-type]

    monkeypatch.setattr(DesktopJson, "portions", fails)
    result = run(
        archive,
        "add",
        export(tmp_path / "bad.json", range(1, 3)),
        export(tmp_path / "good.json", range(3, 5)),
        "--json",
    )
    assert [one["outcome"] for one in lines(result)] == ["refused", "new"] and result.exit_code == 1
