"""Standard streams that are closed, full, piped, or lack letters, and libraries that write to them."""

import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import tmux

import voicecoach
from voicecoach import letters
from voicecoach.cli import streams
from voicecoach.cli.main import COMMANDS
from voicecoach.errors import Declined

ROOT = Path(voicecoach.__file__).parents[1]
COPIES = ROOT / "tests" / "copies.py"
EACH = {
    "home": "",
    "today": "",
    "play": "mine.yaml --voice silent --output instant",
    "resume": "",
    "demo": "--help",
    "list": "",
    "show": "core",
    "sheet": "core -o sheet.html",
    "exercises": "bird-dog",
    "figure": "bird-dog",
    "plan": "",
    "profile": "",
    "history": "",
    "log": "walk",
    "undo-log": "",
    "stats": "",
    "report": "-o report.html",
    "new": "own",
    "check": "core",
    "timeline": "quick --voice silent",
    "render": "mine.yaml --voice silent -o mine.wav",
    "share": "mine.yaml --voice silent --for 1s",
    "pack": "folder --patient Ann --voice silent mine.yaml",
    "schema": "",
    "config": "edit",
    "voices": "",
    "listen": "--microphones",
    "say": "hello --voice silent --output instant",
    "doctor": "--quiet",
    "backup": "copy.db",
    "restore": "copy.db",
    "safety": "",
    "keys": "",
    "help": "routine-format",
}
"""Every command, with what makes it print or ask."""
PRINTS_NOTHING = {"play", "say", "report", "sheet", "render", "resume", "plan", "config", "today", "doctor"}
"""Commands that go on without a screen, or that write elsewhere, or have only an error to tell here."""


@pytest.fixture
def folder(tmp_path, accepted, monkeypatch):
    """The current folder, with a routine in it; there is neither a loudspeaker nor an editor."""
    (tmp_path / "mine.yaml").write_text("name: Mine\nsteps: [say: Hello there.]\n")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
    for name in ("EDITOR", "VISUAL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def run(folder):
    """Run ``voicecoach`` in a shell."""

    def run(command, program="-m voicecoach", **environ):
        line = f"{sys.executable} {program} {command}"
        done = subprocess.run(
            line, shell=True, env=os.environ | environ, capture_output=True, check=False, timeout=60
        )
        done.stdout, done.stderr = (text.decode("utf-8") for text in (done.stdout, done.stderr))
        return done

    return run


def test_the_table_below_has_every_command():
    assert set(EACH) == {command.name for command in COMMANDS}


@pytest.mark.processes
@pytest.mark.parametrize(("closed", "left"), [("<&-", "12"), ("<&- >&-", "2"), ("<&- >&- 2>&-", "")])
def test_closed_streams_are_no_fault_of_any_command(folder, tmp_path, tmp_path_factory, closed, left):
    own = tmp_path_factory.mktemp("each")
    (own / "commands").write_text("".join(f"{command} {words}\n" for command, words in EACH.items()))
    for number in range(len(EACH)):
        shutil.copytree(tmp_path, own / str(number))
    subprocess.run(f"{sys.executable} {COPIES} {own}/commands {closed}", shell=True, check=True, timeout=120)
    for number, command in enumerate(EACH):
        status = int((own / str(number) / "status").read_text())
        said = {file.name: file.read_text("utf-8") for file in (own / str(number)).glob("[12]")}
        assert set(said) == set(left)
        assert "Traceback" not in "".join(said.values()), command
        assert status in {0, 1, 2, Declined.status}, command
        if left == "2" and command not in PRINTS_NOTHING:
            assert status in {1, 2}, command
            assert said["2"].count("\n") >= 1, command


@pytest.mark.processes
def test_what_is_opened_first_is_not_written_to_in_the_place_of_a_closed_stream(run, home):
    run("log walk --minutes 12 2>&- >&- <&-")
    assert run("history").stdout.count("walk") == 1


@pytest.mark.parametrize("command", EACH)
def test_without_utf_8_no_command_prints_a_question_mark_for_a_letter(run_here, folder, monkeypatch, command):
    letters.register()
    monkeypatch.setattr("sys.stdin", io.StringIO())
    done = run_here(command, *EACH[command].split())
    for usual in (done.out, done.err):
        assert usual.encode("ascii", letters.LEGIBLE).count(b"?") == usual.count("?")


@pytest.mark.processes
def test_a_stream_without_utf_8_has_stand_ins(run):
    letters.register()
    line = "help routine-format 2>&1"
    usual = run(line, PYTHONIOENCODING="utf-8").stdout
    legible = run(line, PYTHONIOENCODING="ascii", PYTHONUTF8="0").stdout
    assert not usual.isascii()
    assert legible == usual.encode("ascii", letters.LEGIBLE).decode()


def test_nothing_that_ships_lacks_a_stand_in():
    letters.register()
    texts = [
        ROOT / "tests" / "display" / "scenes.txt",
        *(ROOT / "tests" / "display" / "pictures").rglob("*.txt"),
    ]
    for folder in ("voicecoach", "routines", "docs"):
        texts += [file for file in (ROOT / folder).rglob("*") if file.suffix in {".py", ".yaml", ".md"}]
    signs = set("".join(file.read_text(encoding="utf-8") for file in texts)) - {"\N{REPLACEMENT CHARACTER}"}
    for sign in signs:
        if not sign.isascii():
            assert "?" not in sign.encode("ascii", letters.LEGIBLE).decode(), sign
    for encoding in ("ascii", "latin-1"):
        in_cells = "".join(signs).translate(letters.for_cells(encoding))
        assert len(in_cells.encode(encoding, letters.LEGIBLE)) == len(in_cells)


@pytest.mark.terminal
@pytest.mark.skipif(bool(tmux.MISSING), reason="not installed: tmux (apt install tmux)")
@pytest.mark.parametrize("term", ["xterm-256color", "vt100", "unknown", "dumb", ""])
def test_a_session_is_legible_on_any_terminal_of_any_size(run, tmp_path, monkeypatch, term):
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    monkeypatch.setenv("TERM", term)
    command = f"{sys.executable} -m voicecoach play mine.yaml --yes --voice silent --output silent"
    (tmp_path / "mine.yaml").write_text("name: Mine\nsteps: [wait: {for: Wait, limit: 10m}]\n")
    with tmux.window(tmp_path) as window:
        window.run(f"TERM={term} {command} 2>err.txt")
        window.until(r"LISTEN|Mine\.")
        for columns, rows in ((20, 5), (1, 1), (40, 12), (80, 24)):
            window.resize(columns, rows)
            window.press("+")
        window.until_it(lambda _: re.search(r"LISTEN|Mine\.", window.text), "it plays")
        shown = window.text
        window.leave()
        window.until("Nothing was done|Stopped")
        assert not re.search(r"[^\x00-\x7f]", shown)
        assert "Traceback" not in window.screen + (tmp_path / "err.txt").read_text()


NOISY = ROOT / "tests" / "noisy.py"


@pytest.mark.processes
def test_messages_of_libraries_are_kept_in_a_file_and_not_printed(run, home):
    done = run("play mine.yaml --yes --plain --voice silent --output instant", NOISY)
    assert "LIBRARY" not in done.stdout + done.stderr
    assert "not written down" in done.stderr  # a line of our own
    file = streams.messages_file()
    told = file.read_text()
    assert re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d voicecoach play\nLIBRARY\n", told)
    assert str(file) in run("doctor --quiet").stdout
    for _ in range(3):
        run("list", f"{NOISY} 20000")
    assert file.stat().st_size <= 2 * streams._MOST


@pytest.mark.processes
def test_without_a_place_for_them_messages_of_libraries_are_dropped(run, home):
    os.mkfifo(home / "cache")
    done = run("list", NOISY)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.processes
def test_a_fault_of_our_own_is_still_told(run):
    done = run("list", f"{NOISY} 1 broken")
    assert done.returncode == 1
    assert done.stderr.startswith("Traceback")
    assert "LIBRARY" not in done.stderr


@pytest.mark.terminal
@pytest.mark.skipif(bool(tmux.MISSING), reason="not installed: tmux (apt install tmux)")
@pytest.mark.parametrize("view", ["--plain", ""])
def test_no_view_shows_messages_of_libraries_at_any_moment(run, tmp_path, monkeypatch, view):
    monkeypatch.setenv("TERM", "xterm-256color")
    with tmux.window(tmp_path) as window:
        window.tmux("pipe-pane", f"cat >{tmp_path}/all")
        window.run(
            f"{sys.executable} {NOISY} play quick --yes --voice silent --output silent {view}; echo now"
        )
        window.until("LISTEN|Space pauses")
        window.press("n")
        window.until("GET|Now: ")
        window.press(">")
        window.until("GET|Next up: ")
        window.leave()
        window.until("^now")
    assert b"LIBRARY" not in (tmp_path / "all").read_bytes()
    assert "LIBRARY" in streams.messages_file().read_text()
