"""Writes the text of a new routine, from chosen exercises or as a copy, with notes on the format."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from voicecoach import paths
from voicecoach.errors import RoutineError
from voicecoach.routine.doses import at_goal
from voicecoach.routine.files.routine import ExerciseIndex, read_routine
from voicecoach.routine.model import Exercise, Routine
from voicecoach.units import format_duration, format_load

FIRST_STEPS: Final = ("march_in_place", "cat_camel", "bird_dog", "glute_bridge")
"""The exercises of a routine written without questions: a warm-up, the back, the buttocks. [own choice]"""

GUIDE: Final = paths.shipped("routines", "guide.txt").read_text(encoding="utf-8")
"""Notes on the format. Each example is a valid step without advice."""

HEAD: Final = """\
# A routine for voicecoach. Text after a '#' is for you; the coach does not read it.
#   mistakes and advice:  voicecoach check {ident}
#   how it sounds:        voicecoach play {ident}
"""
"""What a new file begins with, once it has its name."""
_PLAIN = re.compile(r"[A-Za-z](?:[\w ,.()/'-]*[\w.)'])?", re.ASCII)
_NOT_TEXT: Final = frozenset({"true", "false", "null"})
_NAME_LINE = re.compile(r"^name:.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewRoutine:
    """The contents of a routine to be written."""

    ident: str
    name: str
    about: str = ""
    exercises: Sequence[Exercise] = ()
    rounds: int = 1
    """How often all exercises are done, with a minute's rest after each round."""
    goal: bool = False
    """Whether each exercise begins at its goal."""


def write(plan: NewRoutine) -> str:
    """Return the text of a routine file, without mistakes."""
    lines = [f"name: {quoted(plan.name)}"]
    lines.append(f"about: {quoted(plan.about)}" if plan.about else "# about: What it is for, in a sentence.")
    lines += ["# days: 3-5 a week", "", "steps:"]
    indent = "  "
    if plan.rounds > 1:
        lines += [f"  - repeat: {plan.rounds}", "    steps:"]
        indent = "      "
    steps = [
        (f"{each.id}: {dose(at_goal(each) if plan.goal else each)}", each.name) for each in plan.exercises
    ]
    if plan.rounds > 1:
        steps.append(("rest: 1m", ""))
    width = max(len(step) for step, _ in steps)
    lines += [f"{indent}- {step:<{width}}  # {name}" if name else f"{indent}- {step}" for step, name in steps]
    return f"{HEAD.format(ident=plan.ident)}\n" + "\n".join(lines) + f"\n\n{GUIDE}"


def copy(source: str, original: Routine, plan: NewRoutine, path: Path, library: ExerciseIndex) -> str:
    """Return ``source``, the text of ``original``, with the name in ``plan`` and the notes on the format.

    Its own comments stay. Raises RoutineError when it cannot be read at ``path``, outside its own folder.
    """
    named = _NAME_LINE.sub(lambda _: f"name: {quoted(plan.name)}", source, count=1)
    ending = "" if named.endswith("\n") else "\n"
    noted = named if GUIDE in named else f"{HEAD.format(ident=plan.ident)}\n{named}{ending}\n{GUIDE}"
    try:
        if read_routine(noted.encode(), path, plan.ident, library).steps == original.steps:
            return noted
    except RoutineError:
        pass  # a name over several lines, or another style: the file is copied unchanged
    read_routine(source.encode(), path, plan.ident, library)
    return source


def dose(exercise: Exercise) -> str:
    """Write the dose of ``exercise`` so that it reads back as the same dose."""
    load = f" with {format_load(exercise.load)}" if exercise.load else ""
    reps = "-".join(map(str, exercise.reps))
    if len(exercise.reps) > 1 and len(set(exercise.reps)) == 1:
        reps = f"{len(exercise.reps)} x {exercise.reps[0]}"
    if exercise.duration is not None:
        sets = f"{len(exercise.reps)} x " if len(exercise.reps) > 1 else ""
        return f"{sets}{format_duration(exercise.duration)}{load}"
    held = [phase.seconds for phase in exercise.rep if phase.is_hold]
    return f"{reps} x {format_duration(held[0])}{load}" if held else f"{reps}{load}"


def quoted(text: str) -> str:
    """Write ``text`` as YAML that reads back the same, in quotes only when needed."""
    if _PLAIN.fullmatch(text) and text.casefold() not in _NOT_TEXT:
        return text
    return json.dumps(text, ensure_ascii=False)


def title(ident: str) -> str:
    """Make a name for the routine in the file ``ident``: "my-back" gives "My back"."""
    words = re.sub(r"[_-]+", " ", ident).strip()
    return words[:1].upper() + words[1:] or ident
