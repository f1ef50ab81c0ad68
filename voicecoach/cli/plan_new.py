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
from voicecoach.app.region import of_routines
from voicecoach.app.region import own as own_region
from voicecoach.cli import page, plan_schedule, vocabulary
from voicecoach.cli.notices import to_stderr
from voicecoach.cli.one_key import Asker
from voicecoach.cli.plan_alone import Often, activities
from voicecoach.cli.values import whole
from voicecoach.cli.welcome import has_signs
from voicecoach.errors import Declined, UsageError
from voicecoach.language.phrases import Phrases
from voicecoach.routine.files.day_words import MAX_TIMES
from voicecoach.routine.programme import PhaseName, Programme
from voicecoach.routine.region import Region
from voicecoach.settings import file, safety, schedule_file
from voicecoach.training.questions import BACK, Back
from voicecoach.voices.engines import SILENT


def new(  # noqa: PLR0913 - one parameter an option
    *,
    routine: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ROUTINE",
            help="A plan of just this routine, a name or a file; once for each of several.",
            autocompletion=vocabulary.routines,
        ),
    ] = None,
    days: Annotated[
        str | None,
        typer.Option(
            metavar="DAYS",
            help="Of such a plan: 5, daily, mon,wed,fri or '3 a week, a day between'; else as its file says.",
        ),
    ] = None,
    times: Annotated[
        int | None, typer.Option(metavar="N", help="How often on each day.", parser=whole(1, MAX_TIMES))
    ] = None,
    at: Annotated[
        str | None, typer.Option(metavar="TIMES", help="At which times of day, such as 8:00,18:00.")
    ] = None,
    every: Annotated[
        str | None, typer.Option(metavar="TIME", help="Small doses all day: every 2h, from 9:00 to 17:00.")
    ] = None,
    first: Annotated[
        str | None, typer.Option("--from", metavar="TIME", help="The first of these, such as 8:00.")
    ] = None,
    last: Annotated[
        str | None, typer.Option("--to", metavar="TIME", help="The last of these, such as 20:00.")
    ] = None,
    sore: Annotated[
        str | None,
        typer.Option(
            metavar="ROUTINE",
            help="Of such a plan: what to do on sore days; else you rest on them.",
            parser=vocabulary.routine,
            autocompletion=vocabulary.library_routines,
        ),
    ] = None,
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
        str | None,
        typer.Option(
            metavar="NAME",
            help="What you follow: a file in a folder 'programmes'; else the one for the back.",
            parser=vocabulary.programme,
            autocompletion=vocabulary.programmes,
        ),
    ] = None,
) -> None:
    """Begin a plan, today."""
    often = Often(days, times, at, every, first, last)
    if routine:
        if phase or programme:
            raise UsageError(
                "--routine makes a plan without a programme and its phases. Leave out one of them."
            )
        _make_alone(list(map(vocabulary.routine, routine)), often, sore or "")
    elif often.typed or sore:
        option = [*often.typed, "sore"][0]
        raise UsageError(f"--{option} is for a plan of your own routines: add --routine NAME or FILE.")
    else:
        _make(programme or planning.DEFAULT, phase)
    page.show(file.own_phrases().part("plan.onward"))


def _make_alone(routines: list[str], often: Often, sore: str) -> None:
    """Begin a plan of routines alone and show it. Raises as :func:`_make`."""
    found, say = activities(routines, often), file.own_phrases()
    if sys.stdin.isatty():
        region = of_routines(prepare.library(), (each.routine for each in found))
        _asked(None, say, region or own_region() or Region.BACK)
    own = planning.begin_alone(found, vocabulary.place_of(sore), to_stderr, cli.clock.today())
    plan_schedule.show(planning.following())
    plan_schedule.mention_calendar(own)


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
    region = programme.region or own_region() or Region.BACK
    of_back = region is Region.BACK
    if name == planning.DEFAULT and not (phase or of_back):
        raise UsageError(say.part("plan.elsewhere", part=say.part(f"region.{region}.part")))
    asked = programme if of_back and not phase else None
    back = _asked(asked, say, region) if sys.stdin.isatty() else None
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


def _asked(programme: Programme | None, say: Phrases, region: Region) -> Back | None:
    """Ask about the emergency signs of a region, unless that was today; for a ``programme`` how the back is.

    Raises Declined with a sign, and when the person leaves.
    """
    text, now = safety.load(region=region), cli.clock.moment()
    if programme is None and safety.without_signs(text.version, now.date(), region):
        return None
    with Asker(Sounding(SILENT), cli.clock, patience=math.inf) as ask:
        if not safety.without_signs(text.version, now.date(), region):
            if has_signs(ask, text, say, briefly=safety.without_signs(text.version, region=region)):
                raise Declined
            safety.rule_out_signs(text.version, now, to_stderr, region)
        back = _back(ask, planning.beginnings(programme), say) if programme else None
    if ask.interrupted:
        raise KeyboardInterrupt
    if programme and back is None:
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
