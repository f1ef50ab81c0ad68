"""Each command as a person meets it: what it prints, and its exit status."""

import json
import re
import subprocess
import sys
import wave
from pathlib import Path

import pytest

from voicecoach import __version__
from voicecoach.cli import config, main, plan

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


def every_command():
    """The words that call each command."""
    for entry in main.COMMANDS:
        yield (entry.name,)
    for entry in plan.COMMANDS:
        yield "plan", entry.name
    for command in config.app.registered_commands:
        yield "config", command.name or command.callback.__name__


def test_help_names_every_command(run):
    shown = run("--help")
    assert shown.status == 0
    for name, *_ in every_command():
        assert name in shown.out


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


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["plan", "--help"]])
def test_help_loads_no_command(arguments):
    code = PROBE.format(arguments=arguments)
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    table = {"cli", "cli.main", "cli.lazy", "cli.notices", "errors", *(["cli.plan"] if arguments[1:] else [])}
    assert {each.removeprefix("voicecoach.") for each in shown.stdout.splitlines()[-1].split()} == table


def test_every_command_and_option_explains_itself(run):
    for words in every_command():
        shown = run(*words, "--help")
        assert shown.status == 0
        for option in re.findall(r"^  (?:-\w, )?--[\w-]+[^\n]*", shown.out, re.MULTILINE):
            assert len(option.split()) > 2, f"{option} says nothing"


def test_no_arguments_shows_the_help(run):
    assert "Usage: voicecoach" in (run().out + run().err)


def test_version(run):
    assert run("--version").out == f"voicecoach {__version__}\n"


def test_list_shows_minutes_and_what_each_is(run):
    lines = run("list").out.splitlines()
    core = next(line for line in lines if line.startswith("core "))
    assert re.search(r"\b(9|10|11) min\b", core)


def test_list_compiles_nothing_that_it_knows(run):
    assert run("list") == run("list")
    code = PROBE.format(arguments=["list"])
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(shown.stdout.splitlines()[-1].split())
    assert not loaded & {"voicecoach.timeline.compile", "voicecoach.app.prepare"}


def test_list_goes_on_past_a_broken_routine(run, home):
    folder = home / "data" / "routines"
    folder.mkdir(parents=True)
    (folder / "broken.yaml").write_text("name: [")
    shown = run("list")
    assert shown.status == 0
    assert "voicecoach check broken" in shown.out
    assert "core" in shown.out


def test_a_routine_of_ones_own_shadows_the_shipped_one(run, home):
    folder = home / "data" / "routines"
    folder.mkdir(parents=True)
    (folder / "core.yaml").write_text(MINE)
    assert "My own." in run("list").out


def test_show_prints_a_sheet(run):
    sheet = run("show", "core").out
    assert "Bird dog" in sheet
    assert "minutes" in sheet
    assert max(map(len, sheet.splitlines())) <= 80


def test_an_unknown_routine_suggests_the_nearest(run):
    shown = run("play", "coer")
    assert (shown.status, shown.out) == (2, "")
    assert "There is no routine called 'coer'. Did you mean 'core'?" in shown.err


def test_thirty_mistakes_are_thirty_located_problems(run):
    path = CASES / "thirty.yaml"
    shown = run("check", path)
    lines = shown.err.splitlines()
    assert shown.status == 2
    assert len(lines) == 30
    assert all(re.match(rf"{re.escape(str(path))}:\d+:\d+: .+; .+", line) for line in lines)
    assert len({line.split(": ")[0] for line in lines}) == 30


def test_playing_a_file_with_mistakes_says_the_same(run):
    shown = run("play", CASES / "thirty.yaml")
    assert shown.status == 2
    assert len(shown.err.splitlines()) == 30


def test_check_passes_what_is_shipped_and_gives_advice_on_the_line(run, mine):
    shown = run("check", "core", mine)
    assert (shown.status, shown.err) == (0, "")
    assert "core: good" in shown.out
    assert f"{mine}: no mistakes; advice: " in shown.out
    assert re.search(
        rf"^{re.escape(str(mine))}:4:5: advice: .+ \[get-there\] \(.+; .+\)$", shown.out, re.MULTILINE
    )
    note = f"{mine}:4:5: note: Heel slide has no 'position'"
    assert note not in shown.out
    assert note in run("check", "--notes", mine).out


def test_check_names_what_is_in_the_current_folder_from_there(run, mine, home, monkeypatch):
    folder = home / "data" / "routines"
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text(MINE)
    monkeypatch.chdir(home)
    lines = run("check", "mine").out.splitlines()
    assert lines[0].startswith("mine: no mistakes; advice: ")
    assert all(line.startswith(str(Path("data", "routines", "mine.yaml"))) for line in lines[1:])


def test_a_folder_called_like_a_routine_is_none(run, home):
    folder = home / "data" / "routines"
    (folder / "d.yaml").mkdir(parents=True)
    (folder / "broken.yaml").write_text("name: [")
    shown = run("list")
    assert shown.status == 0
    assert "\nd " not in shown.out
    assert f"{folder / 'broken.yaml'}:1:8: " in run("check", folder).err
    (folder / "broken.yaml").unlink()
    assert "routines" in next(
        line for line in run("doctor", "--quiet").out.splitlines() if "all good" in line
    )


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
    assert "voicecoach check broken dead" in run("doctor", "--quiet").out


def test_check_of_an_empty_folder(run, tmp_path):
    (tmp_path / "empty").mkdir()
    shown = run("check", tmp_path / "empty")
    assert (shown.status, shown.out, shown.err) == (
        2,
        "",
        f"There are no routines in {tmp_path / 'empty'}.\n",
    )


@pytest.mark.parametrize(
    "name", ["", "x" * 300 + ".yaml", "x" * 5000, "\N{OLD PERSIAN SIGN A}" * 90, "~nobody/x.yaml"]
)
def test_check_of_what_no_file_can_be_called(run, name):
    shown = run("check", name)
    assert (shown.status, shown.out) == (2, "")
    assert re.match(r"There is no|.* cannot be read", shown.err)
    assert len(shown.err) < 500


def test_check_strict_takes_advice_for_mistakes_but_not_notes(run, mine):
    assert run("check", "--strict", mine).status == 2
    shown = run("check", "--strict", "core")
    assert (shown.status, shown.err) == (0, "")


def test_check_takes_folders_and_exercises(run, tmp_path):
    folder = tmp_path / "exercises"
    folder.mkdir()
    (folder / "pull.yaml").write_text("name: Pull\nkind: stretch\nrep: in 3s, hold 5s, out 3s\n")
    (tmp_path / "mine.yaml").write_text("name: Mine\nsteps: [pull]\n")
    for path in (tmp_path, f"{folder}/", folder / "pull.yaml"):
        shown = run("check", path)
        assert (shown.status, shown.err) == (0, "")
        assert f"{folder / 'pull.yaml'}: advice: Pull is held 5s" in shown.out


@pytest.mark.parametrize("arguments", [["schema"], ["schema", "--exercise"]])
def test_schema_is_json(run, arguments):
    assert json.loads(run(*arguments).out)["$schema"]


def test_timeline_for_people_and_for_programs(run, mine):
    text = run("timeline", mine, "--voice", "silent").out
    assert re.search(r"^ +\d:\d\d\.\d{3} +\d\.\d{3}  Fetch your strap\.  \[name\]$", text, re.MULTILINE)
    score = json.loads(run("timeline", mine, "--voice", "silent", "--json").out)
    assert score["rate"] == 48_000
    assert sum(segment["frames"] for segment in score["segments"]) == score["frames"]
    for segment in score["segments"]:
        assert set(segment) == {"index", "kind", "title", "start", "frames", "restarts"}
    for event in score["events"]:
        assert set(event) == {
            "frame",
            "frames",
            "kind",
            event["kind"].replace("say", "text"),
            "role",
            "segment",
        }
        segment = score["segments"][event["segment"]]
        assert segment["start"] <= event["frame"] <= segment["start"] + segment["frames"]


@pytest.mark.usefixtures("accepted")
def test_play_without_a_terminal_prints_lines_and_a_summary(run, mine):
    shown = run("play", mine, "--voice", "silent", "--output", "instant")
    assert shown.status == 0
    assert "Fetch your strap." in shown.out
    assert "\x1b" not in shown.out
    assert re.fullmatch(r"Done after \d:\d\d: 1 of 1 sets\.", shown.out.splitlines()[-1])


def test_say(run):
    shown = run("say", "Good morning.", "--voice", "silent", "--output", "instant")
    assert shown.status == 0
    assert "Good morning." in shown.out


def test_say_cleans_what_is_shown(run):
    shown = run("say", "\x1b[2JGood\x07 morning.", "--voice", "silent", "--output", "instant")
    assert shown.status == 0
    assert "Good morning." in shown.out
    assert not re.search(r"[\x1b\x07]", shown.out + shown.err)


@pytest.mark.parametrize("text", ["", "   ", "\x1b[2J"])
def test_nothing_to_say(run, text):
    shown = run("say", text, "--voice", "silent", "--output", "instant")
    assert (shown.status, shown.out) == (2, "")
    assert "There is nothing to say." in shown.err


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
        assert file.getnframes() == score["frames"]


@pytest.mark.usefixtures("accepted")
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["render", "core", "-o", "core.mp3"], "End it in .wav."),
        (["render", "core", "-o", "/no/such/folder/core.wav", "--voice", "silent"], "Choose another place"),
        (["play", "core", "--voice", "nobody"], "There is no voice called 'nobody'"),
        (["play", "core", "--output", "minaudio"], "Did you mean 'miniaudio'?"),
        (["play", "/no/such/file.yaml"], "/no/such/file.yaml"),
        (["play", "../core"], "../core"),
        (["play", "core", "--rate", "9000"], "--rate"),
        (["play", "core", "--voice-volume", "loud"], "--voice-volume"),
        (["play"], "You have no plan yet."),
        (["show"], "ROUTINE"),
        (["plai", "core"], "plai"),
        (["check"], "PATH"),
    ],
)
def test_what_cannot_be_is_said_in_a_line_and_status_2(run, arguments, says):
    shown = run(*arguments)
    assert shown.status == 2
    assert says in shown.err
    assert "Traceback" not in shown.err


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
    assert not (home / "data").exists()
