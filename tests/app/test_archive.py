"""The zip of a copy: what we would not have written is refused before it takes room or time."""

import io
import json
import struct
import zipfile

import pytest
from naming import naming

from voicecoach.app import archive, belongings
from voicecoach.app.archive import NotOurs
from voicecoach.app.belongings import Folders, is_known

PLAN = ("data/plan.yaml", b"phase: restore\n")


def packed(*files, about=None, **how):
    """A zip of names, or entries, with their content, which says ``about`` itself what is in it."""
    names = [getattr(name, "filename", name) for name, _ in files]
    says = json.dumps({"format": 1, "files": names}) if about is None else about
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", **how) as zipped:
        for name, content in (*([("voicecoach.json", says)] if says else ()), *files):
            zipped.writestr(name, content)
    return made


def entry(name, **attributes):
    made = zipfile.ZipInfo(name)
    for key, value in attributes.items():
        setattr(made, key, value)
    return made


def found(file):
    return [(name, content.read()) for name, content in archive.read(file)]


def test_what_was_written_is_read_and_nobody_else_can_read_it(tmp_path):
    home = Folders(tmp_path / "data", tmp_path / "config")
    names = (
        *("data/plan.yaml", "data/routines/exercises/en/Übung 2.yaml", "config/config.toml"),
        "config/listen.yaml",
    )
    for name in names:
        assert is_known(name)
        home.place(name).parent.mkdir(parents=True, exist_ok=True)
        home.place(name).write_text(name, encoding="utf-8")
    assert set(belongings.there(home)) == set(names)
    archive.write(tmp_path / "copy", {name: home.place(name) for name in names})
    with (tmp_path / "copy").open("rb") as file:
        assert found(file) == [(name, name.encode()) for name in names]
    with pytest.raises(FileExistsError):
        archive.write(tmp_path / "copy", {})
    with pytest.raises(FileNotFoundError):
        archive.write(tmp_path / "other", {"data/plan.yaml": tmp_path / "nosuch"})
    assert {path.name for path in tmp_path.iterdir()} == {"config", "copy", "data"}


def test_words_of_ones_own_that_mean_nothing_are_found(tmp_path):
    home = Folders(tmp_path / "data", tmp_path / "config")
    file = home.place("config/listen.yaml")
    file.parent.mkdir()
    file.write_text("pause: [wait for me, halt]\n")
    assert [*belongings.mistaken(tmp_path, home, iter(["config/listen.yaml"]))] == []
    file.write_text("puase: wait for me\n")
    assert [*belongings.mistaken(tmp_path, home, iter(["config/listen.yaml"]))] == ["config/listen.yaml"]
    assert belongings.called("config/listen.yaml") == "own words for commands"


def test_a_name_leads_nowhere_else():
    for name in (
        "/etc/passwd",
        "../data/plan.yaml",
        "data/../plan.yaml",
        "data/routines/../../x.yaml",
        "data/routines/./x.yaml",
        "data/routines//x.yaml",
        "data/routines/.hidden.yaml",
        "data/routines/",
        "data/routines/.yaml",
        "data/routines/x.py",
        "data/routines\\x.yaml",
        "data/routines/c:x.yaml",
        "data/routines/nul.yaml",
        "data/routines/COM1.txt.yaml",
        "data/routines/a\nb.yaml",
        "data/routines/a\0.yaml",
        "data/routines/x.yaml ",
        "data/routines/\ud800.yaml",
        f"data/routines/{'x' * 250}.yaml",
        f"data/routines/{'x/' * 20}x.yaml",
        "data/journal.db",
        "config/other.toml",
        "Data/plan.yaml",
        "C:/x.yaml",
    ):
        with naming(name):
            assert not is_known(name)


def _large(count, size):
    """The end of a zip that says that so many files are in it."""
    content = packed(PLAN).getvalue()
    end = bytearray(content[content.rfind(b"PK\x05\x06") :])
    struct.pack_into("<HHI", end, 8, count, count, size)
    return io.BytesIO(content[: -len(end)] + bytes(end))


def _changed(old, new):
    return io.BytesIO(packed(PLAN).getvalue().replace(old, new))


def _bomb():
    return packed((PLAN[0], b"#" * 30_000_000), compression=zipfile.ZIP_DEFLATED)


def _lying():
    """One that says that a file in it is small, and unpacks to 30 MB."""
    content = _bomb().getvalue()
    return io.BytesIO(content.replace(struct.pack("<I", 30_000_000), struct.pack("<I", 1000)))


def _twice():
    with pytest.warns(UserWarning, match="Duplicate name"):
        return packed(PLAN, PLAN)


LINK = 0o120777 << 16
REFUSED = {
    "no file that says what it is": (lambda: packed(PLAN, about=""), "another program's"),
    "of another program": (lambda: packed(PLAN, about="[]"), "another program's"),
    "deep": (lambda: packed(PLAN, about="[" * 100_000), "another program's"),
    "of a newer version": (lambda: packed(PLAN, about='{"format": 2, "files": []}'), "newer"),
    "a file more": (lambda: packed(PLAN, about='{"format": 1, "files": []}'), "damaged"),
    "a file less": (lambda: packed(about=f'{{"format": 1, "files": ["{PLAN[0]}"]}}'), "damaged"),
    "a file of somebody": (lambda: packed(("data/passwd", "x")), "no file of voicecoach"),
    "a folder": (lambda: packed(("data/routines/", "")), "no file of voicecoach"),
    "a way out": (lambda: packed(("data/routines/../../x.yaml", "x")), "no file of voicecoach"),
    "a link": (lambda: packed((entry(PLAN[0], external_attr=LINK), "/etc/passwd")), "no plain file"),
    "a file twice": (_twice, "twice"),
    "a bomb": (_bomb, "too large"),
    "a bomb that says that it is none": (_lying, "damaged"),
    "packed otherwise": (lambda: packed(PLAN, compression=zipfile.ZIP_LZMA), "another way"),
    "many files": (lambda: _large(60_000, 3_000_000), "more files"),
    "a long list": (lambda: _large(2, 30_000_000), "more files"),
    "a list that is not there": (lambda: _large(2, 900_000), "damaged"),
    "many large files": (
        lambda: packed(*((f"data/routines/{n}.yaml", b"#" * 900_000) for n in range(9))),
        "too large",
    ),
    "locked": (
        lambda: _changed(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"),
        "plain",
    ),
    "cut off": (lambda: io.BytesIO(packed(PLAN).getvalue()[:-40]), "damaged"),
    "scratched": (lambda: _changed(b"phase: restore", b"phase: maintai"), "damaged"),
    "another name inside": (lambda: _changed(b"data/plan.yamlphase", b"data/plin.yamlphase"), "damaged"),
    "nothing": (lambda: io.BytesIO(b"PK\x03\x04"), "damaged"),
}


def test_what_we_would_not_have_written_is_refused(monkeypatch):
    monkeypatch.setattr(archive, "LARGEST_JOURNAL", 1_000_000)
    monkeypatch.setattr(belongings, "TOGETHER", 5_000_000)
    for kind, (make, says) in REFUSED.items():
        with naming(kind), pytest.raises(NotOurs, match=says):
            found(make())
    assert found(packed(PLAN)) == [PLAN]


def test_a_damaged_one_is_refused_or_read(some):
    whole = packed(PLAN, compression=zipfile.ZIP_DEFLATED).getvalue()
    for at in some(range(len(whole))):
        for changed in (whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :], whole[:at]):
            with naming("at", at):
                try:
                    read = found(io.BytesIO(changed))
                except NotOurs:
                    continue
                assert read == [PLAN]
