"""``voicecoach plan explain``: what the rules decide for the next session, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

import typer

from voicecoach.app import plan, prepare
from voicecoach.cli.notices import to_stderr
from voicecoach.cli.plan_dose import in_full, remark
from voicecoach.clock import today
from voicecoach.journal.records import DoseChange
from voicecoach.routine.model import Routine
from voicecoach.settings import file
from voicecoach.training.dosed_routine import Prescription
from voicecoach.training.variation import FindVariation


def explain(
    routine: Annotated[
        str | None, typer.Argument(metavar="[ROUTINE]", help="One of them, due today or not.")
    ] = None,
) -> None:
    """Say what the next session asks of you, and why.

    For each exercise: the dose, the reason for it in a sentence, and the sessions it is based on.
    """
    day = today().date()
    if routine is None:
        due = plan.due_now(to_stderr).due
        routine = next(iter(due.routines), "") or (due.next or due.standings)[0].activity.routine
    found = prepare.next_time(prepare.library(), prepare.profile(), routine, to_stderr, day)
    unused = file.read().remark
    typer.echo("\n".join((*_lines(*found), *filter(None, [unused]))))


def _lines(routine: Routine, decided: Prescription, forms: FindVariation) -> Iterator[str]:
    yield f"{routine.name}: what the next time asks of you, and why"
    exercises = {each.key: each for each in routine.exercises}
    for each in decided.decisions:
        written = exercises[each.written]
        done = written if each.exercise == each.written else forms(each.exercise) or written
        yield ""
        yield f"  {done.name}: {in_full(each.dose, done) if each.dose else 'left out'}"
        yield f"      {each.reason}"
        if wish := decided.wishes.get(each.written):
            yield f"      {remark(wish, each)}"
        if each.advice:
            yield f"      {each.advice}"
        for session in each.based_on:
            yield f"      - {session}"
    yield ""
    if any(each.change is DoseChange.REMOVE for each in decided.decisions):
        yield "When a doctor or a physiotherapist said yes to one left out: voicecoach plan clear EXERCISE"
    yield "To refuse the next rise of an exercise: voicecoach plan keep EXERCISE"
    yield "To set its dose: voicecoach plan dose EXERCISE '2 x 8'"
    yield f"To do the routine as it stands in its file: voicecoach play {routine.id} --as-written"
