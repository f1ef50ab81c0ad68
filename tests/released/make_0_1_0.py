"""Makes ``0.1.0/home`` and ``0.1.0/backup.db``: five weeks of a person with version 0.1.0, by its commands.

It runs with that version only, and is kept to show where the files come from: python make_0_1_0.py. What the
person wrote by hand (``home/data/routines``) is left as it is. Days, answers and keys are made up; everything
else is written by the program.
"""

from __future__ import annotations

import os
import runpy
import shutil
import signal
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from importlib import import_module
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

PLACE = Path(__file__).parent / "0.1.0"
HOME = PLACE / "home"
ZONE = "CET-1CEST,M3.5.0,M10.5.0/3"
"""Summer time begins within the five weeks."""

ANSWERS = {
    "next morning": "How much did it hurt on the morning",
    "pain": "How much does it hurt now",
    "leg": "How far down a leg",
    "worst": "How much did it hurt at the worst",
    "effort": "How hard was it",
    "form": "Did your movements stay",
    "barrier": "Last week had no session",
    "comment": "A word about it",
    "instead": "I suggest",
}
"""How the questions begin."""

person = SimpleNamespace(
    now=datetime(2026, 3, 2, 6, 30, tzinfo=UTC), answers={}, keys=[], dies=None, press=None
)


class Clock(datetime):
    """The clock of the program; while a session is played, it goes on with the session."""

    @classmethod
    def now(cls, tz=None):
        return person.now.astimezone(tz)


def main():
    os.environ.update(VOICECOACH_HOME=str(HOME), TZ=ZONE)
    time.tzset()
    clear()
    with at_the_terminal():
        set_up()
        restoring()
        flaring()
        building()
        interrupted()
    for left in [*HOME.rglob("*.lock"), *HOME.rglob("*.playing")]:
        left.unlink()
    shutil.rmtree(HOME / "cache", ignore_errors=True)


def set_up():
    for key, value in (
        ("voice", "silent"),
        ("rate", "150"),
        ("output", "instant"),
        ("voice-volume", "90"),
        ("sound-volume", "80"),
        ("music-volume", "70"),
        ("lead-in", "2"),
        ("delay", "5"),
        ("tempo", "95"),
        ("clicks", "on"),
        ("pause-others", "off"),
        ("duck-others", "off"),
        ("media-keys", "off"),
        ("questions", "on"),
        ("view", "plain"),
        ("theme", "light"),
        # None of these makes a difference to what was done in these weeks.
        ("rule-most-stretch", "20"),
        ("rule-load-percent", "2"),
        ("rule-deload-week", "8"),
        ("rule-memory-days", "150"),
        ("rule-anew-days", "21"),
    ):
        run("config", "set", key, value)
    run("profile", "--caution", "knee", "--equipment", "mat", "--equipment", "chair", "--coaching", "short")
    run("plan", "new", "--programme", "mine", "--phase", "restore")
    run("plan", "days", "quick", "1")
    run("plan", "swap", "quick", "calm-mini")
    run("plan", "days", "walk", "tue,sat")
    run("plan", "at", "07:15")
    run("plan", "calendar", "-o", PLACE / "plan.ics")
    (PLACE / "plan.ics").unlink()
    run("new", "my-core", "--from", "core")
    with patch("sys.stdin.isatty", lambda: False):
        run("new", "my-back")


def restoring():
    """Two weeks in which doses rise."""
    on(2, 7)
    play("quick", pain=2, leg=1, worst=3, effort=4, form="g", comment="The first time. Näher zur Matte!")
    on(3, 7)
    play("morning", pain=2, leg=0, worst=3, effort=5, form="g", **{"next morning": 2})
    run("log", "walk", "--minutes", "25", "--effort", "4", "--comment", "With the dog")
    on(5, 7)
    play("morning", pain=1, leg=0, worst=2, effort=5, form="g", **{"next morning": 1})
    on(7, 8)
    run(
        "log",
        "Swimming",
        "--day",
        "2026-03-06",
        "--minutes",
        "40",
        "--pain",
        "1",
        "--effort",
        "6",
        "--leg",
        "none",
    )
    play(
        "morning",
        pain=1,
        leg=0,
        worst=2,
        effort=4,
        form="g",
        comment="Easy.",
        keys=[(3, 2, "e"), (5, 9, "]")],
    )
    on(8, 9)
    run("log", "--session", "last", "--next-morning", "1", "--effort", "5")
    run("plan", "keep", "bird_dog")
    run("plan", "dose", "glute_bridge", "2 x 8")
    run("plan", "dose", "cat_camel", "8")
    run("plan", "undo")
    on(9, 7)
    play("morning", pain=1, leg=0, worst=2, effort=6, form="l", keys=[(2, 3, " "), (2, 3, " "), (3, 4, "n")])
    on(10, 7)
    run("log", "Gardening", "--minutes", "30")
    run("undo-log")
    play("quick", "--as-written", questions=False)
    on(11, 7)
    play(
        "morning",
        "--from",
        "2",
        "--sets",
        "1",
        pain=2,
        leg=0,
        worst=2,
        effort=5,
        form="g",
        keys=[(1, 1, "i")],
    )


def flaring():
    """What hurts is stopped, twice, and left out; a red day, a flare, and a week without a session."""
    on(12, 7)
    play(
        "morning", pain=3, leg=1, worst=6, effort=6, form="l", comment="Pressed too hard.", keys=[(4, 8, "x")]
    )
    on(14, 7)
    play("morning", pain=3, leg=1, worst=6, effort=5, form="g", keys=[(4, 8, "x")], **{"next morning": 5})
    on(15, 19)
    play("morning", pain=7, leg=2, worst=4, effort=2, form="g", comment="After a day in the car.")
    on(16, 7)
    play("calm-mini", pain=5, leg=1, worst=4, effort=2, **{"next morning": 6})
    run("log", "--session", "last", "--leg-before", "unknown", "--comment", "Calm again.")


def building():
    """Back after a break, and in the next phase."""
    on(31, 7)
    play("morning", pain=1, leg=0, worst=2, effort=4, form="g", barrier="1", comment="Good to be back.")
    on(32, 7)
    run("plan", "clear", "towel press", "--asked")
    run("plan", "phase", "build")
    run("plan", "days", "morning", "3", "--apart", "2")
    play("morning", pain=1, leg=0, worst=1, effort=4, form="g", keys=[(3, 6, "h"), (5, 3, "["), (5, 5, "q")])
    later(hours=1)
    run("resume", pain=1, worst=2, effort=5, form="g", comment="The rest of it.")
    on(34, 7)
    play("morning", "--tempo", "80", pain=1, leg=0, worst=1, effort=5, form="g", **{"next morning": 1})
    run("backup", PLACE / "backup.db")


def interrupted():
    """The last session is killed, after another tempo, an exercise that hurt and an easier form."""
    on(35, 9)
    run("profile", "--coaching", "auto")
    play(
        "everything",
        pain=1,
        leg=0,
        keys=[(4, 2, "]"), (6, 9, "x"), (7, 2, "e")],
        dies=(10, 6),
        **{"next morning": 2},
    )
    later(hours=1)
    run("log", "walk", "--day", "2026-04-04", "--minutes", "20")
    run("plan", "keep", "cat_camel")


def on(day, hour):
    """It is so many days after the last of February, at that hour."""
    zone = timedelta(hours=2 if day > 28 else 1)
    person.now = datetime(2026, 3, 1, hour, 5, tzinfo=UTC) + timedelta(days=day - 1) - zone


def later(**how):
    person.now += timedelta(**how)


def play(name, *options, keys=(), dies=None, questions=True, **answers):
    """Each of ``keys`` is a block, seconds into its first set, and the key; ``dies`` is for kill -9."""
    run("play", name, *options, *([] if questions else ["--no-questions"]), keys=keys, dies=dies, **answers)
    later(minutes=3)


def run(*arguments, keys=(), dies=None, **answers):
    person.answers = {ANSWERS[name]: str(answer) for name, answer in answers.items()}
    person.keys, person.dies = list(keys), dies
    if dies and (child := os.fork()):
        assert os.WTERMSIG(os.waitpid(child, 0)[1]) == signal.SIGKILL
        return
    print(f"\n{person.now:%d %b %H:%M} $ voicecoach", *arguments, flush=True)
    with patch("sys.argv", ["voicecoach", *map(str, arguments)]):
        try:
            runpy.run_module("voicecoach", run_name="__main__")
        except SystemExit as end:
            if end.code:
                raise
    assert not person.keys, f"not pressed: {person.keys}"


def clear():
    routines = HOME / "data" / "routines"
    for each in [
        *HOME.iterdir(),
        *(HOME / "data").iterdir(),
        *routines.glob("my-*.yaml"),
        PLACE / "backup.db",
    ]:
        if each not in {routines, routines.parent}:
            shutil.rmtree(each) if each.is_dir() else each.unlink(missing_ok=True)


@contextmanager
def at_the_terminal():
    """Somebody answers and presses keys, and time goes by as the session does."""
    asking, notice, playing = (
        import_module(f"voicecoach.cli.{name}") for name in ("asking", "notice", "playing")
    )
    seconds = count(0, 2)

    @contextmanager
    def keyboard(press):
        person.press = press
        yield

    @contextmanager
    def accepting(press):
        press("y")
        yield

    with (
        patch("voicecoach.clock.datetime", Clock),
        patch.object(playing, "PlainView", watched(playing.PlainView)),
        patch.object(playing, "keys", keyboard),
        patch.object(notice, "keys", accepting),
        patch.object(asking, "keys", keyboard),
        patch.object(asking, "_show", answer),
        patch.object(asking, "SystemClock", lambda: SimpleNamespace(now=lambda: next(seconds))),
        patch("secrets.token_hex", lambda length: "0123456789abcdef"[: 2 * length]),
        patch("sys.stdin.isatty", lambda: True),
        patch("sys.stdout.isatty", lambda: True),
    ):
        yield


def answer(text, end="\n"):
    """Show a question, and press what answers it; Enter where nothing does."""
    print(text, end=end)
    asked = " ".join(text.split())
    if said := next((said for start, said in person.answers.items() if asked.startswith(start)), ""):
        for key in [*said, *(["enter"] if len(said) > 1 else [])]:
            person.press(key)
    elif asked.endswith(("?", "leaves.", "lost.", "foot.", "worst?", "else.", "Enter.")):
        person.press("enter")


def watched(plain_view):
    """The plain view, which moves the clock, presses keys and dies when it is time to."""

    class View(plain_view):  # type: ignore[valid-type, misc]  # of the version it was given
        def __init__(self, stream, *, live):
            super().__init__(stream, live=False)
            self._began = person.now

        def moved(self, position):
            super().moved(position)
            person.now = self._began + timedelta(seconds=position.elapsed / 48_000)
            if position.segment.kind != "work":
                return
            at = (position.segment.block, position.frame / 48_000)
            if person.dies and at >= person.dies:
                os.kill(os.getpid(), signal.SIGKILL)
            while person.keys and person.keys[0][:2] <= at:
                person.press(person.keys.pop(0)[2])

    return View


if __name__ == "__main__":
    main()
