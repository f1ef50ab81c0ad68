"""What holds for every command, and what no transcript shows of one."""

import json
import os
import re
import subprocess
import sys
import wave
from pathlib import Path

import pytest
from command_table import every_command
from naming import naming

from voicecoach import __version__
from voicecoach.cli import main, plan
from voicecoach.cli.recording import Recording

CASES = Path(__file__).parent.parent / "routine" / "cases"

MINE = """\
name: Mine
about: My own.
steps:
  - exercise: Heel slide
    rep: slide 1s, back 1s
    reps: 3
  - say: Fetch your strap.
  - wait: {for: Your strap, limit: 5s}
"""


@pytest.fixture
def mine(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(MINE)
    return path


def test_the_tables_say_of_each_command_what_it_says_itself():
    for entry in (*main.COMMANDS, *plan.COMMANDS):
        command = entry.load()
        assert command.help.splitlines()[0] == entry.help, entry.name


PROBE = """
import sys
from voicecoach.cli.main import main
sys.argv = ["voicecoach", *{arguments}]
try:
    main()
finally:
    print(*(each for each in sys.modules if each.startswith("voicecoach.")))
"""


def loaded(*arguments):
    """The modules that a program of its own has loaded for a command."""
    command = [sys.executable, "-c", PROBE.format(arguments=arguments)]
    shown = subprocess.run(command, capture_output=True, text=True, check=True)
    return {each.removeprefix("voicecoach.") for each in shown.stdout.splitlines()[-1].split()}


@pytest.mark.processes
def test_help_loads_no_command():
    printing = {"cli.help_page", "cli.page", "cli.shells", "cli.streams", "cli.table", "letters", "paragraph"}
    values = {"cli.places", "cli.values", "paths", "safefiles", "text"}
    process = {"clock", "control", "control.signals", "job"}
    table = {"cli", "cli.main", "cli.notices", "errors", *printing, *values, *process}
    for arguments in (["--help"], ["--version"]):
        assert loaded(*arguments) == table
    assert loaded("plan", "--help") == table | {"cli.plan"}


def test_every_command_and_option_explains_itself(run):
    summary = run("--help").out
    for words in every_command():
        shown = run(*words, "--help")
        assert shown.status == 0
        assert words[0] in summary
        for option in re.findall(r"^  (?:-\w, )?--[\w-]+[^\n]*", shown.out, re.MULTILINE):
            assert len(option.split()) > 2, f"{option} says nothing"


def test_version(run):
    assert run("--version").out == f"voicecoach {__version__}\n"


@pytest.mark.processes
def test_list_compiles_nothing_that_it_knows(home):
    assert "timeline.compile" in loaded("list")
    assert not loaded("list") & {"timeline.compile", "app.prepare"}


FIRST = """
import os, sys
from voicecoach.cli.main import main
from voicecoach.session.player import Player

def write(player):
    print(*sys.modules, file=sys.stderr, flush=True)
    os._exit(0)

Player._write = write
sys.argv = ["voicecoach", "play", "quick", "--yes", "--output", "silent", "--no-media-keys"]
main()
"""
NOT_YET = {"textual", "rich", "asyncio", "logging", "tomllib", "importlib.metadata", "statistics", "secrets"}


@pytest.mark.processes
@pytest.mark.skipif(sys.platform == "win32", reason="there is no other terminal there")
def test_the_first_sound_does_not_wait_for_what_it_does_not_need(home, monkeypatch):
    """The full screen, for one, opens while the session begins."""
    import pty  # noqa: PLC0415 - not on Windows

    monkeypatch.setenv("TERM", "xterm-256color")
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", FIRST]
    shown = subprocess.run(
        command, stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, text=True, check=True
    )
    os.close(ours)
    os.close(theirs)
    loaded_by_then = set(shown.stderr.split())
    assert "numpy" in loaded_by_then
    assert sorted(NOT_YET & loaded_by_then) == []


def test_thirty_mistakes_are_thirty_located_problems(run):
    path = CASES / "thirty.yaml"
    shown = run("check", path)
    lines = shown.err.splitlines()
    assert (shown.status, len(lines)) == (2, 30)
    assert run("play", path) == shown
    assert all(re.match(rf"{re.escape(str(path))}:\d+:\d+: .+; .+", line) for line in lines)
    assert len({line.split(": ")[0] for line in lines}) == 30


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs a file that cannot be read by anyone")
def test_a_file_that_cannot_be_read_hides_nothing_else(run, home):
    folder = home / "data" / "routines"
    folder.mkdir(parents=True)
    (folder / "broken.yaml").write_text("name: [")
    (folder / "dead.yaml").symlink_to("/proc/self/mem")
    shown = run("check", folder, "nosuch")
    assert (shown.status, shown.out) == (2, "")
    for part in (f"{folder / 'broken.yaml'}:1:8: ", "dead.yaml cannot be read", "called 'nosuch'"):
        assert part in shown.err
    assert "dead.yaml cannot be read" in run("list").out


def test_check_of_what_no_file_can_be_called(run):
    for name in ("", "x" * 300 + ".yaml", "x" * 5000, "\N{OLD PERSIAN SIGN A}" * 90, "~nobody/x.yaml"):
        shown = run("check", name)
        with naming(name):
            assert (shown.status, shown.out) == (2, "")
            assert re.match(r"There is no|.* cannot be read", shown.err)
            assert len(shown.err) < 500


def test_schema_is_json(run):
    for arguments in (["schema"], ["schema", "--exercise"]):
        assert json.loads(run(*arguments).out)["$schema"]


def test_say_cleans_what_is_shown(run):
    shown = run("say", "\x1b[2JGood\x07 morning.", "--voice", "silent", "--output", "instant")
    assert shown.status == 0
    assert "Good morning." in shown.out
    assert not re.search(r"[\x1b\x07]", shown.out + shown.err)


def test_render_writes_a_wav_and_what_goes_with_it(run, mine, tmp_path):
    path = tmp_path / "written" / "mine.wav"
    path.parent.mkdir()
    assert run("render", mine, "-o", path, "--voice", "silent").status == 0
    assert list(path.parent.iterdir()) == [path]
    shown = run("render", mine, "-o", path, "--voice", "silent", "--captions", "--chapters")
    first, *beside = shown.out.splitlines()
    assert first.startswith(f"{path}: ")
    assert beside == [str(path.with_suffix(ending)) for ending in (".vtt", ".cue")]
    assert path.with_suffix(".vtt").read_text(encoding="utf-8").startswith("WEBVTT\n\n00:00:0")
    assert path.with_suffix(".cue").read_text(encoding="utf-8").startswith('FILE "mine.wav" WAVE\n')
    assert len(list(path.parent.iterdir())) == 3
    with wave.open(str(path)) as file:
        score = json.loads(run("timeline", mine, "--voice", "silent", "--json").out)
        # Nobody can press a key in a file, so there a little less is said, but for twelve seconds of notice.
        length = file.getnframes() - 12 * file.getframerate()
        assert 0 < score["frames"] - length < 15 * file.getframerate()
    assert "No physiotherapist has seen this." in path.with_suffix(".vtt").read_text(encoding="utf-8")
    keys = re.compile(r"\b(press|key|space bar|letter)\b", re.IGNORECASE)
    assert keys.search(json.dumps(score))
    assert not keys.search(path.with_suffix(".vtt").read_text(encoding="utf-8"))


def test_render_knows_the_home_of_whoever_writes_a_sound_file(run, tmp_path, monkeypatch):
    """No shell expands what follows an equals sign."""
    found = []
    monkeypatch.setattr(Recording, "write", lambda _, __, out, ___: found.append(out) or ())
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    assert run("render", "quick", f"--out={Path('~') / 'one.wav'}").status == 0
    assert found == [tmp_path / "one.wav"]


def test_voices_lists_them_all(run):
    shown = run("voices").out
    for name in ("natural", "pyttsx3", "silent"):
        assert name in shown


@pytest.mark.processes
def test_doctor_looks_at_everything_and_makes_nothing(run, home):
    shown = run("doctor", "--quiet")
    for what in (
        "Python",
        "voice natural",
        "voice pyttsx3",
        "output miniaudio",
        "your routines",
        "speech cache",
    ):
        assert what in shown.out
    assert str(home) in shown.out
    assert "all good" in shown.out
    assert not (home / "data").exists()
