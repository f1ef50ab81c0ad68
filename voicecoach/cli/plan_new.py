"""``voicecoach plan new``: makes a plan, with a question about emergency signs and one about the back."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping
from typing import Annotated

import typer

from voicecoach import cli
from voicecoach.app import plan as planning
from voicecoach.app import prepare
from voicecoach.app.compose import Sounding
from voicecoach.cli import page, plan_schedule, vocabulary
from voicecoach.cli.notices import to_stderr
from voicecoach.cli.one_key import Asker
from voicecoach.cli.welcome import has_signs
from voicecoach.errors import Declined, UsageError
from voicecoach.language.phrases import Phrases
from voicecoach.routine.programme import PhaseName, Programme
from voicecoach.settings import file, safety, schedule_file
from voicecoach.training.questions import BACK, Back
from voicecoach.voices.engines import SILENT


def new(
    *,
    phase: Annotated[
        PhaseName | None,
        typer.Option(
            metavar="PHASE",
            help=f"Where you begin: {', '.join(PhaseName)}.",
            parser=vocabulary.phase,
            autocompletion=vocabulary.offering(PhaseName),
        ),
    ] = None,
    programme: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="What you follow: a file in a folder 'programmes'.",
            parser=vocabulary.programme,
            autocompletion=vocabulary.programmes,
        ),
    ] = "back",
) -> None:
    """Begin a plan, today."""
    _make(programme, phase)
    page.show(file.own_phrases().part("plan.onward"))


def show_or_make(*, at_home: bool = False) -> None:
    """Print the plan; make one first when there is none and somebody is there to answer.

    Home, which comes next, says the rest itself.
    """
    if sys.stdin.isatty() and schedule_file.load(prepare.library().routines()) is None:
        _make(planning.DEFAULT, None, briefly=at_home)
        if not at_home:
            page.show(file.own_phrases().part("plan.onward"))
    else:
        plan_schedule.show(planning.following())


def _make(name: str, phase: PhaseName | None, *, briefly: bool = False) -> None:
    """Begin a plan and show it. Raises UsageError, UnknownName, FileError, and Declined, as a sign does."""
    programme, say = prepare.library().programme(name), file.own_phrases()
    back = _asked(programme, say, asks=phase is None) if sys.stdin.isatty() else None
    if back is not None:
        phase = planning.beginnings(programme)[back]
    if phase is None:
        has = ", ".join(each.name for each in programme.phases)
        raise UsageError(f"Say where you begin, with --phase and one of: {has}.")
    plan_schedule.must_have(programme, phase)
    own = planning.begin(programme, phase, to_stderr, cli.clock.today())
    for line in _advice(back, say):
        page.show(line)
    if back is not None:
        page.show()
    plan_schedule.show(planning.following(), briefly=briefly)
    plan_schedule.mention_calendar(own)


def _asked(programme: Programme, say: Phrases, *, asks: bool) -> Back | None:
    """Ask about signs of an emergency, unless that was asked today; then how the back is, if it ``asks``.

    Raises Declined with a sign, and when the person leaves.
    """
    text, now = safety.load(), cli.clock.moment()
    if not asks and safety.without_signs(text.version, now.date()):
        return None
    with Asker(Sounding(SILENT), cli.clock, patience=math.inf) as ask:
        if not safety.without_signs(text.version, now.date()):
            if has_signs(ask, text, say, briefly=safety.without_signs(text.version)):
                raise Declined
            safety.rule_out_signs(text.version, now, to_stderr)
        back = _back(ask, planning.beginnings(programme), say) if asks else None
    if ask.interrupted:
        raise KeyboardInterrupt
    if asks and back is None:
        raise Declined("No plan is made.")
    return back


def _back(ask: Asker, beginnings: Mapping[Back, PhaseName], say: Phrases) -> Back | None:
    """Ask how the back is until there is an answer; None when the person leaves."""
    keys = {answer.key: Back(str(answer.value)) for answer in BACK.answers if answer.value in beginnings}
    ask.show("", say(BACK.phrase))
    for key, back in keys.items():
        ask.show(f"  {key}  {say.part(f'back.{back}')}", hang=5)
    found = ""
    while not (found or ask.over):
        found = ask.key(say("back.keys"), keys)
    return keys.get(found)


def _advice(back: Back | None, say: Phrases) -> list[str]:
    """Return what somebody with such a back is told when a plan begins."""
    match back:
        case Back.BETTER:
            return [say("review.months")]
        case Back.LASTING:
            return [say("review.months"), say("pace.offer")]
        case Back.UNSURE:
            return [say("back.gently")]
        case _:
            return []
