"""``voicecoach plan explain``: what the rules decide for the next session, and why."""

from __future__ import annotations

import shlex
from typing import Annotated

import typer

from voicecoach import cli
from voicecoach.app import agenda, prepare
from voicecoach.app.person import person_now
from voicecoach.cli import page, vocabulary
from voicecoach.cli.notices import to_stderr
from voicecoach.cli.plan_dose import allowed, day_of, in_full, in_rounds, remark
from voicecoach.errors import UsageError
from voicecoach.journal.records import DoseChange
from voicecoach.routine.model import Routine
from voicecoach.routine.one_side import standing_in
from voicecoach.settings import file
from voicecoach.training.dosed_routine import Prescription, Slot, places
from voicecoach.training.in_rounds import rounds_of
from voicecoach.training.variation import FindVariation


def explain(
    routine: Annotated[
        str | None,
        typer.Argument(
            metavar="[ROUTINE]",
            help="One of them, due today or not.",
            parser=vocabulary.routine,
            autocompletion=vocabulary.routines,
        ),
    ] = None,
) -> None:
    """Say what the next session asks of you, and why.

    For each exercise: the dose, the reason for it in a sentence, and the sessions it is based on.
    """
    now = cli.clock.moment()
    if routine is None:
        due = agenda.today(to_stderr, now).due
        later = (each.activity.routine for each in (*due.next, *due.standings))
        routine = next(iter((*due.routines, *later)), None)
    if routine is None:
        raise UsageError("Nothing in this phase of your plan suits you at present. See 'voicecoach profile'.")
    found = prepare.next_time(prepare.library(), person_now(to_stderr, now), routine, to_stderr, now.date())
    _explain(routine, *found)
    if unused := file.read().remark:
        page.show(unused)


def _explain(name: str, routine: Routine, decided: Prescription, find_variation: FindVariation) -> None:
    page.show(f"{routine.name}: what you do next time, and why")
    found, say = places(routine, decided.decisions), file.own_phrases()
    rounds = rounds_of(routine)
    for each in decided.decisions:
        slot = Slot(each.written, each.side)
        written = found[slot]
        done = written if each.exercise == each.written else find_variation(each.exercise) or written
        done = standing_in(done, written)
        page.show()
        title = f"{done.name}, for {written.name}" if each.substitute else done.name
        what = in_full(each.dose, done) if each.dose else " ".join(filter(None, ("left out", each.side)))
        what += in_rounds(each, rounds.get(each.written, 1))
        page.show(f"{title}: {what}", indent=2, hang=2)
        page.show(say.tell(each.reason), indent=6)
        if wish := decided.wishes.get(slot):
            page.show(remark(wish, each), indent=6)
        if permission := decided.permissions.get(each.written):
            page.show(
                f"Whoever prescribed it allowed {allowed(permission)} on {day_of(permission)}.", indent=6
            )
        if each.advice:
            page.show(each.advice, indent=6)
        for session in map(say.tell, each.based_on):
            page.show(f"- {session}", indent=6, hang=2)
    page.show()
    if any(each.leaves_out for each in decided.decisions):
        page.show(
            "Once a doctor or physiotherapist has said yes to one left out: voicecoach plan clear EXERCISE"
        )
    if any(each.change is DoseChange.ASK for each in decided.decisions):
        page.show("Once whoever prescribed one that waits has said yes: voicecoach plan allow EXERCISE")
    page.show("To refuse the next rise of an exercise: voicecoach plan keep EXERCISE")
    page.show("To set its dose: voicecoach plan dose EXERCISE '2 x 8'")
    page.show(f"To do the routine as it stands in its file: voicecoach play {shlex.quote(name)} --as-written")
