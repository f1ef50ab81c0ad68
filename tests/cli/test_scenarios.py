"""Patients and what a good coach does for them, lived through the real commands: ``scenarios/*.txt``.

``## TITLE`` begins a patient, whose lines are days: what they do, how it is for them, and after ``->`` what
must follow. It was written from a clinician's review before the rules were, and says what is right for this
person, not what the program happens to do::

    $ plan new --phase calm                         a command, on the first day
    1..6    play        pain=6 worst=6              what is due is played, and all questions are answered
    7       play core   effort=4 -> work of bird_dog at most 100% of day 5
    8       walk 20                                 noted with 'voicecoach log walk'
    9       today       -> says "walk"; never says "core"
    9       $ plan explain -> says "calf"

A range may go in steps, ``1..13/2``. Answers hold until others are given: ``pain``, ``leg`` and
``after_leg`` (0 nowhere to 4 the foot), ``worst``, ``morning``, ``effort``, ``form`` (good, lost), ``flare``
and ``weak`` (y, n), ``which`` (the exercise that hurt, or none), ``pace`` (1 more, 2 the same, 3 less), and
``-`` for what is not answered; for another region than the back ``sign`` and ``after_sign`` (y, n), and
``arm`` and ``after_arm`` as the leg. With ``ends`` the person ends that exercise in its second rep because
it hurts; ``lifted`` (y, n) is whether precautions are. Expectations stand in ``EXPECTED`` below; further
ones go on in lines that begin with ``->``. A report is read as it is printed, without its pictures; each line
below it that begins with ``=`` is a matter in its first box, and they are all that is there::

    14      $ report -> never says "your back"
            = The form was lost | on Friday: pain 5 of 10, form lost | voicecoach plan keep EXERCISE

The files of ``tests/clinic`` lie in the folder from which the commands are run.

The lines that begin with ``>`` say in a sentence what the review asks for: they are the table that
``scripts/prove scenarios`` prints.
"""

from __future__ import annotations

import io
import json
import re
import shlex
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from html import unescape
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from backs import about_a_back
from fakes.clock import MONDAY_EVENING
from many import share

from voicecoach.cli import one_key, session_in_terminal
from voicecoach.control.sources import Key
from voicecoach.language import phrases
from voicecoach.routine.region import Region

CASES = Path(__file__).parent / "scenarios"
CLINIC = Path(__file__).parents[1] / "clinic"
SETTINGS = 'voice = "silent"\noutput = "instant"\nview = "plain"\n'
SETTLES = 0.84
"""Seconds of each set that are heard before its first rep."""
NEARLY = 0.02
"""The share of work by which a dose may differ through being heard in whole blocks."""


@cache
def questions() -> dict[str, re.Pattern[str]]:
    """The questions by the names of their phrases, as they are shown."""
    texts = phrases.entries("en")
    by_region = {
        f"region.{region}.{name}": text
        for region, row in texts["region"].items()
        for name, text in row.items()
    }

    def pattern(text: str) -> re.Pattern[str]:
        parts = re.split(r"\{.*?\}", " ".join(text.split()))
        return re.compile(".+?".join(map(re.escape, parts)))

    return (
        {
            f"{part}.{name}": pattern(text)
            for part in ("ask", "red", "barrier", "emergency")
            for name, text in texts[part].items()
            if isinstance(text, str) and ("?" in text or f"{part}.{name}" in {*ALWAYS, *ANSWERS})
        }
        | {name: pattern(text) for name, text in by_region.items() if name in ANSWERS}
        | {"notice": re.compile("Press y if you have understood")}
    )


class Screen(io.StringIO):
    """A terminal whose lines somebody reads as they appear."""

    def __init__(self, reader):
        super().__init__()
        self.reader = reader

    def isatty(self):
        return True

    def write(self, text):
        self.reader(text)
        return super().write(text)


class Keys:
    """A keyboard on which somebody presses keys when they have read something."""

    send: Any = None

    @contextmanager
    def connected(self, send, notice):
        before, self.send = self.send, send
        yield
        self.send = before

    def press(self, *keys):
        for key in keys:
            self.send(Key(key))


@dataclass(frozen=True)
class Evening:
    """What was done and shown on one day."""

    shown: str
    asked: tuple[str, ...] = ()
    session: Any = None
    """The session in the journal; None when there was none."""
    matters: tuple[str, ...] = ()
    """What there is to decide by the first box of a report."""

    @property
    def decisions(self) -> list[Any]:
        return self.session["decisions"] if self.session else []

    def work(self, exercise: str = "") -> float:
        """Seconds of work in the session, or of what was done for one exercise of the routine."""
        sets = self.session["sets"] if self.session else []
        return sum(each["seconds"] - SETTLES for each in sets if exercise in {"", each["written"]})


class Patient:
    """Somebody with a home, a clock and a terminal."""

    def __init__(self, run, clock, home, monkeypatch):
        self.voicecoach, self.clock, self.monkeypatch = run, clock, monkeypatch
        self.asking, self.doing = Keys(), Keys()
        self.says: dict[str, str] = {}
        self.asked: list[str] = []
        self.ends = ""
        self.read = ""
        self.evenings: dict[int, Evening] = {}
        self.seen: list[str] = []
        """All that was shown and said to them."""
        self.compared: list[str] = []
        """The tables of what there is to decide: expected against found."""
        (home / "config").mkdir(parents=True)
        (home / "config" / "config.toml").write_text(SETTINGS)
        clock.step = 2.0
        monkeypatch.setattr(one_key, "Keyboard", lambda: self.asking)
        monkeypatch.setattr(session_in_terminal, "Keyboard", lambda: self.doing)

    def does(self, day: int, what: str) -> Evening:
        """Do something on a day: play, note a walk, or run a command."""
        self.clock.then = MONDAY_EVENING + timedelta(day - 1)
        word, _, rest = what.partition(" ")
        before = self._sessions()
        self.asked = []
        if word == "play":
            shown = self._plays(*rest.split())
        elif word == "walk":
            shown = self._run("log", "walk", "--minutes", rest, *self._told())
        else:
            shown = self._run(*shlex.split(rest if word == "$" else what))
        new = [each for each in self._sessions() if each["number"] not in {one["number"] for one in before}]
        self.seen.append(shown)
        matters = in_first_box(Path("report.html").read_text("utf-8")) if what.startswith("$ report") else ()
        return Evening(shown, tuple(self.asked), new[-1] if new else None, matters)

    def _plays(self, *words: str) -> str:
        screen, self.ends = Screen(self._reads), self.says.get("ends", "-").strip("-")
        with self.monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", screen)
            patch.setattr(sys, "stdin", Screen(lambda _: None))
            result = self.voicecoach("play", *words, "--journal")
        assert result.status in {0, 3}, result.err  # done, or stopped: also by what they answered
        return screen.getvalue() + result.err

    def _run(self, *words: str) -> str:
        result = self.voicecoach(*words)
        assert result.status == 0, result.err
        page = Path("report.html").read_text("utf-8") if words[0] == "report" else ""
        return result.out + result.err + re.sub(r"<style.*?</style>|<[^>]*>", " ", page, flags=re.DOTALL)

    def _told(self) -> list[str]:
        options = {"pain": "--pain-before", "worst": "--pain", "effort": "--effort"}
        return [
            word
            for name, option in options.items()
            if self.says.get(name, "-") != "-"
            for word in (option, self.says[name])
        ]

    def _sessions(self) -> list[Any]:
        return json.loads(self.voicecoach("history", "--limit", "0", "--json").out or '{"sessions": []}')[
            "sessions"
        ]

    def _reads(self, text: str) -> None:
        """Press what this person answers to the question in ``text``."""
        line = " ".join(text.split())
        self.read = f"{self.read[-2000:]} {line}"
        if self.ends and re.search(rf"{self.ends}\b.* rep 2 of", line):
            self.ends = ""
            self.doing.press("x")
        found = [name for name, pattern in questions().items() if pattern.search(line)]
        if self.asking.send is None or not (found or "?" in line):
            return
        name = max(found, key=lambda each: len(questions()[each].pattern), default="")
        if name == "ask.named_keys":  # which come after the list
            name = "ask.named"
        elif name == "ask.named":
            return
        self.asked.append(name or line)
        self.asking.press(self._key(name, line))

    def _key(self, name: str, line: str) -> str:
        said = self.says.get(ANSWERS.get(name, ""), "-")
        if name == "ask.named" and said != "-":
            listed = re.findall(rf"(\w)[.,:]? {re.escape(said)}", self.read, re.IGNORECASE)
            return listed[-1] if listed and said != "none" else "0"
        if name == "ask.still":
            return "enter" if said in {"-", "0"} else "1"
        return {"-": ALWAYS.get(name, "enter"), "10": "t", "good": "g", "lost": "l"}.get(said, said)


ANSWERS = {
    "ask.pain": "pain",
    "ask.leg": "leg",
    "ask.still": "leg",
    "ask.morning": "morning",
    "ask.worst": "worst",
    "ask.effort": "effort",
    "ask.form": "form",
    "ask.flare": "flare",
    "ask.named": "which",
    "ask.named_keys": "which",
    "ask.lifted": "lifted",
    "region.back.ask": "weak",
    "region.back.still": "weak",
    "ask.leg_after": "after_leg",
    **{
        f"region.{region}.{name}": answer
        for region in set(Region) - {Region.BACK}
        for name, answer in {"ask": "sign", "still": "sign", "ask_after": "after_sign"}.items()
    },
    "region.neck.arm": "arm",
    "region.neck.arm_after": "after_arm",
    "ask.pace": "pace",
    "ask.pace_beyond": "pace",
}
"""The answer to each question."""
ALWAYS = {"notice": "y", "emergency.ask": "n", "red.instead": "enter"}
"""What everybody answers; Enter skips the rest."""


def work(text: str, evening: Evening, patient: Patient) -> bool:
    """``work [of E] at most|at least N% of day D``."""
    words = re.fullmatch(r"work(?: of (\w+))? (at most|at least) (\d+)% of day (\d+)", text)
    exercise, bound, percent, day = words[1] or "", words[2], int(words[3]) / 100, int(words[4])
    now, then = evening.work(exercise), patient.evenings[day].work(exercise)
    assert then > 0, f"nothing was done on day {day}"
    return now <= then * (percent + NEARLY) if bound == "at most" else now >= then * (percent - NEARLY)


def in_first_box(page: str) -> tuple[str, ...]:
    """The matters in the first box of a report, each with its days and its command; else "nothing"."""
    box = re.search(r'<section class="decide".*?</section>', page, re.DOTALL)[0]
    cells = r'<p class="(?:what|when|none)">(.*?)</p>|<code>(.*?)</code>'
    inside, more = re.fullmatch(r"(?:(.*)</ol>)?(.*)", box, re.DOTALL).groups()
    rows = [re.findall(cells, row, re.DOTALL) for row in (*re.split(r"<li\b", inside or "")[1:], more)]
    found = [" | ".join(unescape(told("".join(each))) for each in row) for row in rows if row]
    return tuple(found or ["nothing"])


def compared(expected: Iterable[str], found: Iterable[str]) -> list[str]:
    """A table of what must be told and what is told: ``yes``, or what is missing or too much."""
    expected, found = [*expected], [*found]
    return [
        *(f"{'yes' if each in found else 'MISSING':<8}{each}" for each in expected),
        *(f"{'NOISE':<8}{each}" for each in found if each not in expected),
    ]


def removed(evening: Evening) -> list[str]:
    return [each["written"] for each in evening.decisions if each["dose"] is None]


def rises(evening: Evening) -> list[str]:
    changes = {"advance", "harder", "return"}
    return [each["written"] for each in evening.decisions if each["change"] in changes]


def dose_in(decision: Any) -> str:
    """A dose as routines have it: ``6-4-2 x 10s``."""
    dose = decision["dose"] or {"reps": [0], "hold": None, "duration": None}
    if dose["duration"] is not None:
        return f"{dose['duration']:g}s"
    reps = [*map(str, dose["reps"])]
    text = reps[0] if len(reps) == 1 else "-".join(reps) if len(set(reps)) > 1 else f"{len(reps)} x {reps[0]}"
    return f"{text} x {dose['hold']:g}s" if dose["hold"] else text


def told(text: str) -> str:
    return " ".join(text.split())


EXPECTED: dict[str, Callable[..., bool]] = {
    r"played (?P<routine>\S+)": lambda e, routine: e.session is not None and e.session["routine"] == routine,
    r"nothing was played": lambda e: e.session is None or not (e.session["sets"] or e.session["seconds"]),
    r"nothing left out": lambda e: e.session is not None and not removed(e),
    r"left out (?P<key>\w+)": lambda e, key: key in removed(e),
    r"(?P<other>\w+) instead of (?P<key>\w+)": lambda e, other, key: any(
        (each["written"], each["exercise"]) == (key, other) and each["dose"] for each in e.decisions
    ),
    r"every variation as written": lambda e: all(
        each["written"] == each["exercise"] and not each["advice"] for each in e.decisions
    ),
    r"no other variation": lambda e: all(each["written"] == each["exercise"] for each in e.decisions),
    r"(?P<key>\w+) at (?P<dose>[\d].*)": lambda e, key, dose: any(
        (each["written"], dose_in(each)) == (key, dose) for each in e.decisions
    ),
    r"(?P<key>\w+) not done": lambda e, key: e.work(key) == 0 and e.session is not None,
    r"(?P<key>\w+) is (?P<no>not )?(?P<other>\w+)": lambda e, key, no, other: any(
        each["written"] == key and each["dose"] and (each["exercise"] == other) is not bool(no)
        for each in e.decisions
    ),
    r"nothing rises": lambda e: not rises(e),
    r"(?P<key>\w+) rises": lambda e, key: key in rises(e),
    r"something rises": lambda e: bool(rises(e)),
    r'says "(?P<part>.*)"': lambda e, part: re.search(part, told(e.shown), re.IGNORECASE) is not None,
    r'never says "(?P<part>.*)"': lambda e, part: re.search(part, told(e.shown), re.IGNORECASE) is None,
    r"asks (?P<name>[\w.]+)": lambda e, name: (
        f"ask.{name}" in e.asked or any(f".{each}".endswith(f".{name}") for each in e.asked)
    ),
    r"does not ask (?P<name>\w+)": lambda e, name: f"ask.{name}" not in e.asked,
}
"""What an expectation means of an evening."""


def meets(text: str, evening: Evening, patient: Patient) -> bool:
    """Whether ``evening`` is as expected."""
    if text.startswith("work "):
        return work(text, evening, patient)
    if text == "nothing of a back so far":
        return not about_a_back(*patient.seen)
    for pattern, check in EXPECTED.items():
        if found := re.fullmatch(pattern, text):
            return check(evening, **found.groupdict())
    raise AssertionError(f"No such expectation: {text}")


@dataclass(frozen=True)
class Line:
    """One line of a scenario."""

    days: tuple[int, ...]
    what: str
    answers: dict[str, str]
    expected: tuple[str, ...]
    matters: tuple[str, ...] = ()
    """What there is to decide by the first box of a report."""


def lines(text: str) -> Iterator[Line]:
    """The lines of a scenario; raises ValueError for one that makes no sense."""
    joined = re.sub(r"\n\s*=", "\x1f", re.sub(r"\n\s*->", ";", text))
    for whole in filter(str.strip, joined.splitlines()):
        if whole.startswith(">"):
            continue
        raw, *matters = map(str.strip, whole.split("\x1f"))
        does, *expected = re.split(r" -> |;(?= )", raw.replace(" ->", " -> ", 1))
        if does.startswith("$"):
            yield Line((1,), does.strip(), {}, tuple(map(str.strip, expected)))
            continue
        first, last, step, rest = re.fullmatch(
            r"(\d+)(?:\.\.(\d+))?(?:/(\d+))?\s+(.*)", does.strip()
        ).groups()
        words = rest.split() if "$" not in rest else [rest]
        said = dict(word.split("=", 1) for word in words if "=" in word and "$" not in rest)
        what = " ".join(word for word in words if "=" not in word or "$" in rest)
        days = range(int(first), int(last or first) + 1, int(step or 1))
        yield Line(
            tuple(days),
            what,
            {key: each.replace("_", " ") for key, each in said.items()},
            tuple(map(str.strip, expected)),
            tuple(matters),
        )


def scenarios() -> Iterator[tuple[str, str]]:
    """The title and the text of each patient."""
    for file in sorted(CASES.glob("*.txt")):
        parts = re.split(r"^## (.*)\n", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
        yield from (
            (f"{file.stem}: {title}", text) for title, text in zip(*[iter(parts[1:])] * 2, strict=True)
        )


def lived(text: str, patient: Patient) -> list[str]:
    """What was not as expected."""
    wrong: list[str] = []
    for line in lines(text):
        patient.says |= line.answers
        for day in line.days:
            assert day >= max(patient.evenings, default=day), (
                f"day {day} comes after a later one: {line.what}"
            )
            patient.evenings[day] = evening = patient.does(day, line.what)
            wrong += [
                f"day {day}, {line.what}: {each}\n{seen(evening)}"
                for each in line.expected
                if not meets(each, evening, patient)
            ]
            if line.matters:
                rows = compared(line.matters, evening.matters)
                patient.compared += [f"day {day}, {line.what}:", *(f"  {each}" for each in rows)]
                if evening.matters != line.matters:
                    wrong.append("\n".join([f"day {day}, {line.what}: what there is to decide", *rows]))
    return wrong


def seen(evening: Evening) -> str:
    doses = [
        f"{each['change']} {each['exercise']} {dose_in(each)} {each['reason']}" for each in evening.decisions
    ]
    said = "" if evening.decisions else told(evening.shown)[:600]
    return dedent(
        "\n".join([f"    work {evening.work():.0f} s", *(f"    {each}" for each in doses), f"    {said}"])
    )


def pytest_generate_tests(metafunc):
    chosen = share(metafunc.config, scenarios())
    metafunc.parametrize(("title", "text"), chosen, ids=[title for title, _ in chosen])


@pytest.mark.proof
@pytest.mark.usefixtures("home")
def test_what_a_good_coach_does(title, text, run, monkeypatch, clock, tmp_path, record_property):
    for name, value in {"TZ": "UTC", "COLUMNS": "80", "VOICECOACH_HOME": str(tmp_path)}.items():
        monkeypatch.setenv(name, value)
    time.tzset()
    monkeypatch.chdir(tmp_path)
    shutil.copytree(CLINIC, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.py*"))
    patient = Patient(run, clock, tmp_path, monkeypatch)
    wrong = lived(text, patient)
    expected = [*re.findall(r"^> (.*)", text, flags=re.MULTILINE), *patient.compared]
    record_property(
        "table", "\n".join([f"{'NO' if wrong else 'yes':<4}{title}", *(f"    {each}" for each in expected)])
    )
    assert not wrong, "\n".join(wrong)
