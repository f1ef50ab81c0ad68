"""Each command in terminals of several widths, and in a pipe: no word broken, no line too long, none lost."""

import io
import re
import shutil
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from command_table import every_command
from fakes.commands import typed
from tmux import MISSING, PROMPT, window

from voicecoach.cli import one_key, page
from voicecoach.paragraph import cells

WIDTHS = (40, 60, 80, 120)
RELEASED = Path(__file__).parent.parent / "released" / "0.1.0" / "home"
"""Five weeks of somebody with a plan, a profile and routines of their own."""
NOW = datetime(2026, 4, 4, 10, 0, tzinfo=UTC)
LONG = "a-quiet-quarter-of-an-hour-for-the-evening"
ROUTINE = """\
name: A quiet quarter of an hour for the end of a long day
about: For the end of the day, when everything is done and nothing is asked of you any more but to lie down.
steps:
  - exercise: Knees from side to side, as far as they like to go
    rep: left 1s, right 1s
    reps: 2
    position: Lie on your back on the mat with your knees bent, your feet flat and your arms beside you.
"""
BROKEN = """\
name: Broken
steps:
  - exercise: Somehow
    rep: up and down, as somebody may have written it
"""
QUICK = ("--voice", "silent", "--output", "instant", "--yes", "--no-questions")
SECRET = "this-is-one-word-of-more-than-forty-letters"  # and so is longer than the narrowest line

RUNS: dict[str, list[tuple[str, ...]]] = {
    "play": [(LONG, *QUICK, "--plain")],
    "resume": [("--voice", "silent", "--output", "instant", "--yes", "--plain", "--no-journal")],
    "help": [(), ("play",), ("plan", "dose"), ("routine-format",), ("README",), ("nonsense",)],
    "history": [(), ("last",), ("12",), ("--since", "2027-01-01"), ("nonsense",)],
    "log": [
        (LONG, "--minutes", "20", "--pain", "2", "--effort", "4", "--comment", f"It was {SECRET}."),
        ("Swimming with a friend in the lake behind the house", "--minutes", "20"),
        ("core", "--minutes", "never"),
        ("--weak", "yes"),
    ],
    "stats": [(), ("--weeks", "1")],
    "report": [("-o", "HOME/report.html")],
    "show": [("quick",), (LONG,), ("nothing-like-it",)],
    "sheet": [("quick", "-o", "HOME/sheet.html"), ("quick", "-o", "HOME/sheet.pdf")],
    "check": [("core", LONG, "--notes"), ("HOME/data/routines/broken.yaml",)],
    "new": [("a-routine-of-my-own",), ("core",)],
    "exercises": [(), ("bird_dog",), ("--kind", "stretch")],
    "figure": [("bird_dog", "-o", "HOME/bird.svg"), ("bird_dog", "-o", "HOME/bird.png")],
    "timeline": [(LONG, "--voice", "silent")],
    "render": [(LONG, "-o", "HOME/out.wav", "--voice", "silent", "--captions")],
    "share": [(LONG, "--for", "never"), ("nothing-like-it",)],  # what it prints otherwise is never the same
    "pack": [(each, LONG, "--patient", "Anna Berg") for each in ("HOME", "HOME/none/packed")],
    "say": [("Good morning, and how are you today?", "--output", "instant", "--voice", "silent")],
    "doctor": [("--quiet",)],
    "profile": [(), ("--caution", "op", "--caution", "leg", "--equipment", "mat"), ("--equipment", "spoon")],
    "backup": [("HOME/copy.db",)],
    "restore": [("HOME/data/journal.db",)],
    "config": [()],
    "plan": [()],
    "plan phase": [("build",), ("restore",)],
    "plan days": [(LONG, "3"), ("core", "never")],
    "plan swap": [("walk", "indoors"), ("walk", LONG)],
    "plan at": [("18:30",), ("half past six in the evening",)],
    "plan explain": [(), ("core",), (LONG,)],
    "plan dose": [("bird_dog",), ("bird_dog", "2 x 8"), ("bird_dog", "a little more than yesterday")],
    "plan keep": [("bird_dog",)],
    "plan clear": [("bird_dog",), ("curl_up", "--asked")],
    "plan allow": [(), ("bird_dog",), ("bird_dog", "3 x 15", "--asked")],
    "plan pace": [(), ("on",), ("more",)],
    "plan calendar": [("-o", "HOME/plan.ics")],
    "config get": [("voice",)],
    "config set": [("voice", "silent"), ("voice", "nobody"), ("vioce", "auto")],
    "config unset": [("rate",)],
}
"""With what each command is run besides ``--help`` and, where nothing stands here, besides nothing."""

NAMED = {"history", "exercises", "stats", "help"}
"""What names the columns of a table in each of its blocks, so that a narrow terminal has more words."""
FOR_PROGRAMS = {"schema"}
"""What is not for people, and is the same everywhere."""
SESSIONS = {"play", "resume", "demo"}
"""What shows a session line by line here, and so in whole lines: a screen reader stops at the end of each."""


@pytest.fixture(scope="module")
def kept(tmp_path_factory) -> Path:
    """A home with everything in it, to be copied."""
    home = tmp_path_factory.mktemp("kept") / "home"
    shutil.copytree(RELEASED, home)
    routines = home / "data" / "routines"
    (routines / f"{LONG}.yaml").write_text(ROUTINE, encoding="utf-8")
    (routines / "broken.yaml").write_text(BROKEN, encoding="utf-8")
    return home


@pytest.fixture
def printed(kept, home, run, clock, monkeypatch):
    """Run a command in a copy of ``kept``, in a terminal of that width or in a pipe: all that it prints."""
    clock.then, clock.step = NOW, 2.0
    for name, value in {"EDITOR": "true", "VISUAL": ""}.items():
        monkeypatch.setenv(name, value)

    def run_command(width, *arguments):
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(kept, home)
        monkeypatch.setenv("COLUMNS", str(width))
        monkeypatch.setattr("sys.stdin", io.StringIO())
        monkeypatch.setattr(one_key, "Keyboard", lambda: typed("q"))
        if not SESSIONS & set(arguments):
            monkeypatch.setattr(page, "keep_whole", lambda: None)  # which the view in the settings asks for
        for stream in ("stdout", "stderr"):
            monkeypatch.setattr(f"sys.{stream}.isatty", lambda: width is not None, raising=False)
        ran = run(*(each.replace("HOME", str(home)) for each in arguments))
        return f"{ran.out}\n{ran.err}"

    return run_command


def lines(text):
    """Split what was printed where the cursor goes to the start of a line; without a terminal's codes."""
    return [re.sub(r"\x1b\[[?\d;]*[a-zA-Z]", "", line).rstrip() for line in re.split(r"[\r\n]+", text)]


def words(text):
    """Return all words that stay on the screen; the rule below a title is one, and a block has commas.

    Pictures of braille are none.
    """
    stays = re.sub(r"[^\n]*\r(?!\n)|\[#+\]  100%|[\u2800-\u28ff]+", "", text)
    return Counter(
        re.sub(r"^[=-]{2,}$", "=", word.rstrip(",")) for line in lines(stays) for word in line.split()
    )


@pytest.mark.parametrize("command", [(), *every_command()], ids=" ".join)
def test_a_command_keeps_between_the_edges_and_loses_no_word(command, printed, record_property):
    longest = dict.fromkeys(WIDTHS, 0)
    name = " ".join(command)
    for arguments in (("--help",), *RUNS.get(name, [()])):
        whole = words(printed(None, *command, *arguments))
        assert whole
        for width in () if name in FOR_PROGRAMS | SESSIONS else WIDTHS:
            shown = printed(width, *command, *arguments)
            for line in filter(None, lines(shown)):
                if len(line.split()) > 1:
                    longest[width] = max(longest[width], cells(line))
                assert longest[width] <= width, (arguments, line)
            found = words(shown)
            same = found.keys() == whole.keys() if name in NAMED else found == whole
            assert same, (width, arguments, found - whole, whole - found)
    figures = "".join(f"{each:>5}" for each in longest.values())
    record_property("table", f"{name or 'voicecoach':<14} longest line at {WIDTHS} columns:{figures}")


@pytest.mark.parametrize("width", [None, 40])
def test_each_line_of_the_plain_view_is_a_whole_sentence(printed, width):
    shown = printed(width, "play", LONG, *QUICK, "--plain")
    told = [line for line in lines(shown) if line]
    assert len(told) > 15
    assert [line for line in told if line[-1] not in ".!?:"] == []


@pytest.mark.terminal
@pytest.mark.skipif(bool(MISSING), reason=f"{MISSING} is not installed")
@pytest.mark.parametrize("columns", [40, 80])
def test_a_terminal_shows_whole_words_and_a_clean_prompt(columns, kept, printed, tmp_path, monkeypatch):
    whole = words(printed(None, "plan", "--help"))
    monkeypatch.setenv("VOICECOACH_HOME", str(kept))
    monkeypatch.delenv("COLUMNS", raising=False)
    with window(tmp_path, columns, 60) as terminal:
        terminal.run("voicecoach plan --help")
        screen = terminal.until(rf"(?s)stays\.\s+{PROMPT}\s*\Z")
        assert whole <= words(screen)
        terminal.run(f"clear; voicecoach play {LONG} {' '.join(QUICK)} --output silent --plain --no-journal")
        terminal.until("shows all")
        terminal.leave()
        assert terminal.until(rf"done this time\.\s+^{PROMPT}\s*\Z")
