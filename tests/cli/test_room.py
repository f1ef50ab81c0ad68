"""A session in a real terminal: what every key does to the screen, and how the terminal is left."""

import os
import pty
import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import tmux
from bus import until

import voicecoach
from voicecoach.display.large_text import set_large
from voicecoach.language import phrases
from voicecoach.session.commands import HELP_KEY, TABLE, help_rows

pytestmark = [
    pytest.mark.terminal,
    pytest.mark.skipif(bool(tmux.MISSING), reason="not installed: tmux (apt install tmux)"),
]

ROUTINE = """\
name: Keys
steps:
  - exercise: Heel slide
    movement: Slide your heel away and back.
    rep: slide 1s, back 1s
    reps: 90
    easier: [pelvic_tilt]
    harder: [dead_bug]
  - rest: 2m
  - exercise: Arm circle
    rep: up 1s, down 1s
    reps: 90
  - wait: {for: Fetch a strap, limit: 10m}
  - exercise: Knee raise
    reps: 5
    pace: self
"""
ALONE = f"{sys.executable} -m voicecoach"
PLAY = f"{ALONE} play mine.yaml --yes --coaching short --voice silent --output silent"
HELP_ROWS = help_rows(phrases.load())[:-2]
BROKEN = Path(__file__).parents[1] / "broken.py"
PLAYING = "^ ≡ LISTEN"
STOPPED = "^(Stopped after|Nothing was done)"


@pytest.fixture
def place(tmp_path, accepted, monkeypatch):
    """A folder with a routine in it, where the program is found."""
    (tmp_path / "mine.yaml").write_text(ROUTINE)
    monkeypatch.setenv("PYTHONPATH", str(Path(voicecoach.__file__).parents[1]))
    monkeypatch.setenv("TERM", "xterm-256color")  # without one there is no full screen, whoever runs this
    for name in ("DBUS_SESSION_BUS_ADDRESS", "PYTHONUNBUFFERED"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def window(place, tmp_path):
    with tmux.window(tmp_path) as made:
        yield made


def shows(pattern):
    """What was not on the screen is there now."""
    return lambda before, now: found(pattern, now) and not found(pattern, before)


def hides(pattern):
    """What was on the screen is gone."""
    return lambda before, now: found(pattern, before) and not found(pattern, now)


def found(pattern, screen):
    return re.search(pattern, screen, re.MULTILINE) is not None


def lengthens(before, now):
    """The session takes at least ten seconds longer than it did."""
    return left(now) >= left(before) + 10


def left(screen):
    minutes, seconds = re.search(r"(\d+):(\d\d) left", screen).groups()
    return 60 * int(minutes) + int(seconds)


INTRO, BRIEFING, READY, MOVE, REST, WAIT, PAUSED = (
    f"^ {sign} {label} "
    for sign, label in (
        ("≡", "LISTEN"),
        ("▼", "GET INTO POSITION"),
        ("▲", "GET READY"),
        ("►", "MOVE"),
        ("○", "REST"),
        (r"\?", "WAITING FOR YOU"),
        ("‖", "PAUSED"),
    )
)

SESSION = (
    # Forward and back, each step from another kind of moment to the next.
    ("n", shows(BRIEFING)),
    (">", shows(REST)),
    ("right", shows(BRIEFING)),
    ("pageup", shows(WAIT)),
    (" ", shows(PAUSED)),
    ("p", shows(WAIT)),
    ("z", shows("Knee raise")),  # as any other key: ready
    ("b", shows(WAIT)),
    ("<", shows(BRIEFING)),
    ("left", shows(REST)),
    ("pagedown", shows(BRIEFING)),
    # A rest.
    ("n", shows(REST)),
    ("+", lengthens),
    ("=", lengthens),
    ("s", hides(REST)),
    ("s", shows(f"{READY}  Arm circle")),
    # A set.
    ("b", shows(BRIEFING)),
    ("b", shows(REST)),
    ("b", shows(BRIEFING)),
    ("s", shows(f"{READY}  Heel slide")),
    (" ", shows(PAUSED)),
    ("p", shows(READY)),
    (None, shows(f"{MOVE}  Heel slide")),
    ("[", shows("speed 90 %")),
    ("]", hides("speed 90 %")),
    ("]", shows("speed 110 %")),
    ("backspace", hides("speed 110 %")),
    ("r", shows(f"{BRIEFING}  Heel slide")),
    ("s", shows(READY)),
    ("i", shows(BRIEFING)),
    ("s", shows(f"{READY}  Heel slide")),
    ("e", shows(INTRO)),
    ("s", shows(f"{BRIEFING}  Pelvic tilt")),
    ("s", shows(f"{READY}  Pelvic tilt")),
    ("h", shows(INTRO)),
    ("s", shows(BRIEFING)),
    ("x", shows("exercise ends here")),
    ("u", shows("aken back")),
    # How loud everything is.
    ("9", shows("voice 90 %")),
    ("0", hides("voice 90 %")),
    ("7", shows("tones 90 %")),
    ("8", hides("tones 90 %")),
    ("5", shows("music 90 %")),
    ("6", hides("music 90 %")),
    ("m", shows("muted")),
    ("m", hides("muted")),
    # How much is said.
    ("t", shows("cues and names")),
    ("t", shows("names and tones")),
    ("t", hides("names and tones")),
    (
        "?",
        lambda before, now: all(meaning in now and meaning not in before for _, meaning in HELP_ROWS),
    ),
    ("?", hides(re.escape(HELP_ROWS[0][1]))),
)


def test_every_key_does_what_the_help_says(window):
    window.run(PLAY)
    screen = window.until(PLAYING)
    last = None
    for key, effect in SESSION:
        if key == last:
            time.sleep(tmux.AGAIN)  # the same key sooner would be the same press
        last = key
        if key:
            window.press(key)
        screen = window.until_it(lambda now, before=screen, effect=effect: effect(before, now), key)
    window.leave()
    window.until(STOPPED)
    pressed = {key for key, _ in SESSION} | {"q"}  # which leaves at the end
    assert pressed >= {HELP_KEY, *(key for row in TABLE for key in row.keys)}


def test_what_is_amiss_with_other_programs_is_shown_during_the_session(window):
    window.run(f"env -u XDG_RUNTIME_DIR {PLAY} --pause-others")
    window.until(f"(?s){PLAYING}.*Other players cannot be paused")
    window.leave()
    window.until(STOPPED)


@pytest.fixture
def as_it_was(window):
    """Check that the terminal is as it was before, when all is over: its modes, settings and screen."""
    before = window.condition

    def check(status):
        window.until(rf"^status {status}\n{tmux.PROMPT}")
        assert window.condition == before
        window.paste("echo pasted as it is")  # a terminal left in another mode would put marks around it
        window.press("enter")
        assert f"{tmux.PROMPT}echo pasted as it is\npasted" in window.until("^pasted as it is")

    return check


@pytest.mark.parametrize(
    ("way", "status"),
    [("q", 3), ("ctrl+c", 3), (signal.SIGINT, 3), (signal.SIGTERM, 143), (signal.SIGHUP, 129)],
)
def test_a_stopped_session_leaves_the_terminal_as_it_was(window, as_it_was, way, status):
    window.run(f"{PLAY}; echo status $?")
    window.until(PLAYING)
    if way == "q":
        window.leave()
    elif isinstance(way, str):
        window.press(way)
    else:
        os.kill(window.program, way)
    window.until(STOPPED)
    as_it_was(status)


@pytest.mark.parametrize(
    ("moment", "way", "told"),
    [
        ("", "q", STOPPED),
        ("n", "ctrl+c", STOPPED),
        (" ", signal.SIGTERM, STOPPED),
        ("s", signal.SIGHUP, STOPPED),
        ("s", "q", STOPPED),
        ("n", "", "^Traceback"),
    ],
)
def test_the_last_line_of_the_plain_view_is_whole_when_a_session_ends(window, moment, way, told):
    play = PLAY if way else PLAY.replace("-m voicecoach", f"{BROKEN} session")
    window.resize(200, 80)
    window.run(f"{play} --plain")
    window.until("Space pauses")
    window.press(*moment)
    window.until({"": "^Keys", "n": "^Skipped; u", " ": "^Paused", "s": r"^Skipped\."}[moment])
    if way == "q":
        window.leave()
    elif isinstance(way, str):
        window.press(*([way] if way else []))
    else:
        os.kill(window.program, way)
    window.until(told)
    window.until(rf"\.\n+{tmux.PROMPT}\s*\Z" if way else rf"^{tmux.PROMPT}\s*\Z")


def test_a_session_that_breaks_leaves_the_terminal_as_it_was(window, as_it_was):
    window.run(f"{PLAY.replace('-m voicecoach', f'{BROKEN} session')}; echo status $?")
    window.until(PLAYING)
    window.until("^RuntimeError: it broke")
    as_it_was(status=1)


def test_a_screen_that_breaks_ends_the_session_and_says_so(window, as_it_was):
    window.run(f"{PLAY.replace('-m voicecoach', f'{BROKEN} screen')}; echo status $?")
    window.until(r"^ *The screen was lost \(RuntimeError: it broke\), so the session was\s+stopped")
    window.until(STOPPED)
    as_it_was(status=1)


def test_a_terminal_that_is_closed_ends_the_session(window):
    window.run(PLAY)
    window.until(PLAYING)
    command = Path(f"/proc/{window.program}/cmdline")
    window.tmux("new-window")  # closing the last one would end tmux
    window.tmux("kill-window", "-t", ":0")
    until(lambda: not command.exists() or not command.read_bytes())  # nothing stands there when it has ended


def test_a_terminal_that_goes_without_a_signal_ends_a_session_that_is_paused(place):
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        shlex.split(PLAY), stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True
    ) as process:
        os.close(theirs)
        for key, label in (("", "LISTEN"), (" ", "PAUSED")):
            os.write(ours, key.encode())
            while label not in os.read(ours, 65536).decode(errors="replace"):
                pass
        os.close(ours)
        assert process.wait(tmux.PATIENCE) == 1  # its screen was lost


@pytest.mark.parametrize(("shell", "enter"), [("bash --norc", "enter"), ("sh", "ctrl+j")])
def test_reset_puts_the_terminal_in_order_after_a_kill(place, tmp_path, shell, enter):
    with tmux.window(tmp_path, shell=shell) as window:
        window.run(PLAY)
        window.until(PLAYING)
        os.kill(window.program, signal.SIGKILL)
        window.until("Killed")
        window.press("reset", enter)
        window.until(rf"\A{tmux.PROMPT}")
        window.run("echo seen again")
        assert f"{tmux.PROMPT}echo seen again\nseen again" in window.until("^seen again")
        assert "cursor_flag=1" in window.condition[0]


def test_the_end_stands_on_the_screen_until_a_key_and_then_in_the_terminal(window, as_it_was, tmp_path):
    mine = tmp_path / "taste.yaml"
    mine.write_text(
        "name: A taste\nsteps:\n  - exercise: Bows\n    rep: bow 1s\n    reps: [1, 1]\n    rest: 1s\n"
    )
    play = PLAY.replace("mine.yaml", f"{mine} --journal")
    assert play != PLAY
    window.run(f"{play}; echo status $?")
    window.until("^ +About one minute")
    window.press("s")
    window.until(f"{BRIEFING}  Bows")
    window.press("s")
    end = window.until("press any key to continue")
    assert "FINISHED   A taste" in end
    assert "1 day this week\n\n  That was your first session." in end
    window.press("?")  # any key
    window.until("^Done after one minute: both sets. That was your first session")
    window.until("^For the next one, type: voicecoach")
    as_it_was(status=0)


def test_alone_it_plays_what_was_chosen_to_its_end(window, home):
    (home / "data" / "routines").mkdir()
    said = "Hello there and welcome to the mat."  # twice: long enough to be seen by a busy machine
    (home / "data" / "routines" / "taste.yaml").write_text(f"name: A taste\nsteps: [say: {2 * f'{said} '}]\n")
    config = f"{ALONE} config set"
    window.run(f"{config} voice silent && {config} output silent && clear && {ALONE}; echo status $?")
    window.until("All routines")
    window.press("4")
    window.until("^ Steady on the ball")
    window.press("/", *"taste", "enter")
    window.until_it(lambda screen: "A taste" in screen and "Steady on the ball" not in screen, "the filter")
    window.press("enter")
    window.until("^1 of 4: ")
    window.press("q")  # leaves the questions
    window.until(PLAYING)
    window.press("n")
    window.until(re.escape(set_large(f"{said} {said}", 76, 13).drawn(0)[0].strip()))
    window.until("press any key to continue")
    window.press("x")
    window.until("^Done after one minute")
    window.until("^status 0")


@pytest.mark.parametrize("key", ["q", "escape", "ctrl+c"])
def test_the_list_is_left_without_a_trace(window, as_it_was, key):
    window.run(f"{ALONE}; echo status $?")
    window.until("All routines")
    window.press("4")
    window.until("^ Steady on the ball")
    window.press(key)
    window.until("(?s)All routines.*All routines.*Press")  # the choices come again
    window.press("q")
    as_it_was(status=3)
