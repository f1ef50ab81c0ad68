"""Transcripts of the command line, ``cases/*.txt``: what somebody types, and what they read.

``## TITLE`` begins a case, which has a home of its own; what stands before the first is done in each. A
command follows ``$``, then what it prints: a line from stderr after ``!``, an exit status other than 0 in
brackets at the end. ``HOME`` is the person's folder, ``HERE`` the one they are in. ``$ cat FILE`` and
``$ ls FOLDER`` look at files, ``$ sql STATEMENT`` into the journal; ``| grep TEXT`` leaves lines with it.
An output in real time takes none. Whatever else happens follows ``%``; the indented lines below belong to
it::

    % on 2026-03-04 17:00               it is then; without it, 2 March 2026 at 17:00, a Monday
    % write FILE                        the lines become a file
    % move FILE THERE                   the file is there from now on
    % link NAME FILE                    what is there is FILE from now on, and NAME leads to it
    % type yes | | 3                    lines typed at a terminal in which the next command asks
    % keys 3 enter g | y                keys typed ahead at such a terminal, for each time that it asks
    % done 2026-03-02 ROUTINE pain=1    all sets of the routine are in the journal; ``done`` has the words
    % quietly plan new --phase calm     a command that goes well, whatever it prints
    % accepted                          the safety notice was accepted before, without any sign
    % broken_off ROUTINE [none]         the last session was cut off after its first set, or none is left
    % EDITOR=sh                         a variable of the environment

After a wanted change run ``VOICECOACH_GOLDEN=write pytest tests/cli/test_transcripts.py``; read what changed.
"""

from __future__ import annotations

import ast
import io
import os
import re
import shlex
import sqlite3
import sys
import time
from contextlib import closing
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from textwrap import dedent, indent

import pytest
from fakes import commands as fakes
from fakes.journal import broken_off, session_on, sets_of

from voicecoach.cli import one_key, session_in_terminal
from voicecoach.journal import store
from voicecoach.journal.records import Event, Felt, Happening, Leg, Session
from voicecoach.journal.store import Journal
from voicecoach.routine.files.library import Library
from voicecoach.routine.place import ident
from voicecoach.session.listener import Ending
from voicecoach.settings import safety

CASES = Path(__file__).parent / "cases"
WRITE = os.environ.get("VOICECOACH_GOLDEN") == "write"


class Typed(io.StringIO):
    """Lines typed at a terminal, which shows them."""

    def __init__(self, lines, screen):
        super().__init__(lines)
        self.screen = screen

    def isatty(self):
        return True

    def readline(self, *size):
        line = super().readline(*size)
        self.screen().write(line)
        return line


class Stage:
    """Somebody with a home and a keyboard, who does what the lines of a case say."""

    def __init__(self, folder, run, monkeypatch, clock):
        self.folder, self.voicecoach, self.monkeypatch, self.clock = folder, run, monkeypatch, clock
        self.home = folder / "home"

    def says(self, line, block):
        """Do what follows ``%``, with the lines below it."""
        word, _, rest = line.partition(" ")
        if "=" in word:
            self.monkeypatch.setenv(*self.here(line).split("=", 1))
        else:
            getattr(self, word)(self.here(rest), self.here(block))

    def here(self, text):
        for name, folder in {"HOME": self.home, "HERE": self.folder}.items():
            text = re.sub(rf"\b{name}\b", str(folder), text)
        return text

    def on(self, moment, _):
        self.clock.then = datetime.fromisoformat(moment).replace(tzinfo=UTC)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def link(self, names, _):
        link, file = map(self.folder.joinpath, names.split())
        link.rename(file)
        link.symlink_to(file)

    def move(self, names, _):
        file, there = map(self.folder.joinpath, names.split())
        file.rename(there)

    def type(self, lines, _):
        typed = "".join(f"{line.strip()}\n" for line in lines.split("|"))
        self.monkeypatch.setattr("sys.stdin", Typed(typed, lambda: sys.stdout))
        self.monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)

    def accepted(self, *_):
        for answer in (safety.accept, safety.rule_out_signs):
            answer(safety.load().version, self.clock.moment(), pytest.fail)

    def broken_off(self, words, _):
        routine, *none = words.split()
        broken_off(routine, None if none else 1)

    def keys(self, keys, _):
        asked, self.clock.step = iter(keys.split("|")), 2.0
        self.monkeypatch.setattr(one_key, "Keyboard", lambda: fakes.typed(*shlex.split(next(asked))))
        self.monkeypatch.setattr(session_in_terminal, "Keyboard", fakes.typed)
        for stream in ("stdin", "stdout"):
            self.monkeypatch.setattr(f"sys.{stream}.isatty", lambda: True, raising=False)

    def done(self, words, _):
        """Words of ``session_on``; fields of Session; of all sets ``ending``, ``share``, ``set_pain``,
        ``load`` and ``tempo``; how many ``days`` in a row; commands ``pressed``, after ``!`` if refused.
        """
        day, routine, *told = shlex.split(words)
        said = dict(map(value, told))
        how = {"ending": Ending(said.pop("ending", "done")), "share": said.pop("share", 1.0)}
        felt, pressed = Felt(worst_pain=said.pop("set_pain", None)), said.pop("pressed", "").split()
        fixed = {name: said.pop(name) for name in ("load", "tempo") if name in said}
        sets = [
            replace(each, **fixed)
            for exercise in Library.default().load(routine).exercises
            for each in sets_of(exercise, felt=felt, **how)
        ]
        days = said.pop("days", 1)
        known = {each.name for each in fields(Session)}
        answers = {name: said.pop(name) for name in [*said] if name not in known}
        with Journal.open(store.file(), pytest.fail) as journal:
            for later in range(days):
                session = session_on(date.fromisoformat(day) + timedelta(later), sets, **answers)
                kept = journal.begin(replace(session, **{"routine": ident(routine), **said}))
            for name in pressed:
                refused = Happening.REFUSED if name[0] == "!" else Happening.OBEYED
                why = "There is no harder form." * (refused is Happening.REFUSED)
                event = Event(at=kept.started, what=refused, command=name.strip("!"), why=why)
                journal.add_event(kept.id, event)

    def quietly(self, command, _):
        assert self.voicecoach(*shlex.split(command)).status == 0

    def run(self, command):
        """What a command prints, as a transcript shows it."""
        command, _, wanted = command.partition(" | grep ")
        program, *arguments = shlex.split(self.here(command))
        ran = getattr(self, program)(*arguments)
        status, out, err = (ran.status, ran.out, ran.err) if program == "voicecoach" else ran
        out = re.sub(r"\r\x1b\[K(\d+:\d\d  \d+:\d\d left[^\r\n]*)?", "", out)  # the line that tells the time
        out = "".join(line for line in out.splitlines(keepends=True) if wanted in line)
        shown = out if not out or out.endswith("\n") else f"{out}\\\n"
        shown += indent(err, "! ", lambda _: True) + (f"[{status}]\n" if status else "")
        shown = re.sub(r"-v[0-9a-f]{12}@", "-vRANDOM@", shown.replace("\r\n", "\n"))
        shown = re.sub(r"this one knows \d+", "this one knows LATEST", shown)
        return shown.replace(str(self.home), "HOME").replace(str(self.folder), "HERE")

    def cat(self, name):
        return 0, (self.folder / name).read_text(encoding="utf-8"), ""

    def ls(self, name):
        folder = self.folder / name
        if not folder.exists():
            return 2, "", "no such folder\n"
        return 0, "".join(f"{each.name}\n" for each in sorted(folder.iterdir())), ""

    def sql(self, *words):
        with closing(sqlite3.connect(store.file())) as journal, journal:
            rows = journal.execute(" ".join(words)).fetchall()
        return 0, "".join(f"{row}\n" for row in rows), ""


def value(told):
    """``pain=1``, ``leg=thigh``, ``finished=False`` or ``comment='Fine.'`` as a name and its value."""
    name, _, text = told.partition("=")
    if name in {"leg", "after_leg"}:
        return name, Leg[text.upper()]
    try:
        return name, ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return name, text


def cases():
    for path in sorted(CASES.glob("*.txt")):
        for number, title in enumerate(
            re.findall("^## (.*)", path.read_text(encoding="utf-8"), re.MULTILINE), 1
        ):
            yield pytest.param(path, number, id=f"{path.stem}: {title}")


def steps(part):
    """The title of a part of the file, and each thing that happens in it."""
    return re.split(r"^(?=[$%] )", part, flags=re.MULTILINE)


def played(stage, head, case):
    """The transcript of a case as it is now."""
    for step in steps(head)[1:]:
        line, below = step.partition("\n")[::2]
        stage.says(line[2:], dedent(below))
    title, *happens = steps(case)
    shown = [title]
    for step in happens:
        head, below = step.partition("\n")[::2]
        if step[0] == "$":
            shown.append(f"{head}\n{stage.run(head[2:])}")
        else:
            stage.says(head[2:], dedent(below))
            shown.append(step)
    return "".join(shown)


@pytest.mark.parametrize(("path", "number"), list(cases()))
def test_what_a_person_types_and_reads(path, number, tmp_path, home, run, monkeypatch, clock):
    for name, text in {"TZ": "UTC", "COLUMNS": "200", "EDITOR": "", "VISUAL": ""}.items():
        monkeypatch.setenv(name, text)
    time.tzset()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    stage = Stage(tmp_path, run, monkeypatch, clock)
    parts = re.split("^(?=## )", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    case = parts[number].removesuffix("\n") if number + 1 < len(parts) else parts[number]
    now = played(stage, parts[0], case)
    if WRITE:
        parts[number] = now if number + 1 == len(parts) else f"{now}\n"
        path.write_text("".join(parts), encoding="utf-8")
    else:
        assert now == case
