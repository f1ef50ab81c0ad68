"""A routine keeps the address of its page."""

import json
import os
import shutil
import stat
from dataclasses import asdict, replace

import pytest
from fakes.odd_files import NO_FILES

from voicecoach.settings import shared_file
from voicecoach.settings.shared_file import Served

WHERE = Served("192.168.1.20", 21_000, "abc23456789defghjkmn")


def test_each_routine_keeps_its_own(home, told):
    other = replace(WHERE, port=22_000)
    shared_file.keep("core", WHERE, told.append)
    shared_file.keep("walk", other, told.append)
    assert [shared_file.served(name) for name in ("core", "walk", "quick")] == [WHERE, other, None]
    assert stat.S_IMODE((home / "shared.json").stat().st_mode) == 0o600
    assert told == []


def test_the_latest_are_kept(told):
    for number in range(shared_file._MOST + 1):
        shared_file.keep(str(number), WHERE, told.append)
    assert [shared_file.served(name) for name in ("0", "1")] == [None, WHERE]


ODD = (
    *({}, [], None, 1, {"host": "h", "port": 21_000}, asdict(WHERE) | {"host": 1}),
    *(asdict(WHERE) | {"port": port} for port in (80, 65_536, -1, "21000", 2.5, True)),
    *(
        asdict(WHERE) | {"token": token}
        for token in ("", "a" * 15, "a" * 65, "../../../../../../..", "é" * 20)
    ),
)


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "1", "[" * 50_000, "x" * 200_000, *(json.dumps({"core": each}) for each in ODD)]
)
def test_what_is_damaged_is_not_known_and_is_written_anew(home, told, text):
    home.mkdir()
    (home / "shared.json").write_text(text)
    assert shared_file.served("core") is None
    shared_file.keep("walk", WHERE, told.append)
    assert (shared_file.served("core"), shared_file.served("walk")) == (None, WHERE)
    assert json.loads((home / "shared.json").read_text()) == {"walk": asdict(WHERE)}


@pytest.mark.skipif(os.name != "posix", reason="makes pipes and devices")
@pytest.mark.parametrize("name", ["shared.json", "shared.lock"])
def test_what_is_no_file_is_one_line(home, told, name):
    home.mkdir()
    for kind, make in NO_FILES.items():
        make(home / name)
        shared_file.keep("core", WHERE, told.append)
        kept = shared_file.served("core")
        assert (kept, len(told)) in {(None, 1), (WHERE, 0)}, kind
        assert kept is None or kind == "5 GB"
        told.clear()
        shutil.rmtree(home)
        home.mkdir()


@pytest.mark.usefixtures("no_folder")
def test_a_disk_that_cannot_be_written_is_one_line(told):
    shared_file.keep("core", WHERE, told.append)
    assert shared_file.served("core") is None
    assert len(told) == 1
    assert "the next time it is another one" in told[0]
