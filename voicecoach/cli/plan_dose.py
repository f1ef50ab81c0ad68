"""``voicecoach plan dose``, ``keep``, ``clear`` and ``undo``: what the rules decide for the next
session, and what the person wants instead.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from typing import Annotated, Any, Final

import typer

from voicecoach import cli
from voicecoach.app import prepare, wishes
from voicecoach.app.wishes import DoseChosen, WishTarget
from voicecoach.cli import chosen_sides, page, vocabulary
from voicecoach.cli.notices import to_stderr
from voicecoach.cli.one_key import confirmed
from voicecoach.errors import Declined, UsageError
from voicecoach.journal.records import Choice, Decision, DoseChange, Wish
from voicecoach.language import dates
from voicecoach.language.phrases import Message
from voicecoach.routine.dose import Dose
from voicecoach.routine.model import OTHER_SIDE, Exercise
from voicecoach.routine.region import Region
from voicecoach.settings import file
from voicecoach.text import and_list
from voicecoach.training.words import amount


def _of_mine(metavar: str) -> Any:  # noqa: ANN401 - as typer has it
    """Return the argument for an exercise of the person's."""
    return typer.Argument(
        metavar=metavar,
        help="By its name, as 'voicecoach plan explain' shows it.",
        autocompletion=vocabulary.exercises,
    )


Mine = Annotated[str, _of_mine("EXERCISE")]
AnyOfMine = Annotated[str | None, _of_mine("[EXERCISE]")]
Where = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        help="The routine that has it, when neither your plan nor your latest sessions do.",
        parser=vocabulary.routine,
        autocompletion=vocabulary.routines,
    ),
]
UNDO: Final = "Not right? voicecoach plan undo"
NOTHING: Final = (
    "There is nothing to take back: what a session has followed already stays. 'voicecoach plan dose' sets"
    " another dose."
)
_ADVICE: Final = (
    "Stop at once if it hurts, and ask them again if pain, tingling or numbness spreads down a leg."
)
_ADVICE_ELSEWHERE: Final = "Stop at once if it hurts, and ask them again if it gets worse."


def dose(
    exercise: AnyOfMine = None,
    wanted: Annotated[
        str | None,
        typer.Argument(
            metavar="[DOSE]",
            help="As in routines: 12, '2 x 8', '3 x 10s', '8 with 2 kg', '8 each side', 60s; or the side on"
            " which you do it for now: left, right, 'left first', '8 right', both.",
        ),
    ] = None,
    *,
    routine: Where = None,
) -> None:
    """Set how much of an exercise you do, and on which side for now.

    Without a dose it says what comes next time, and why; without an exercise, what you chose. A dose
    that you set rises and falls from there with how your sessions go. A side stays until you choose
    another one, or both, in every routine that has the exercise; the other side keeps its dose.
    """
    if exercise is None:
        _list()
        return
    side, text = wishes.sides_said(wanted or "")
    places = wishes.find(exercise, routine, to_stderr, cli.clock.moment(), anyhow=bool(wanted and not text))
    if wanted is None:
        for place in places:
            _show(place)
        _show_how_to_change(places)
        return
    says_a_dose = bool(text) or side is None
    if side and (own := wishes.written_for(places, side)):
        places, side = own, None
    elif side == places[0].side and (side or places[0].has_sides):
        side = None
    changed = places if side is None else wishes.on_side(places, side)
    if says_a_dose:
        _set(exercise, places, changed, side, text)
    elif side is None:
        page.show(f"You chose that already. {' '.join(map(next_time, places))}")
    else:
        _tell(wishes.wish(places[0], Wish.SIDE, to_stderr, cli.clock.moment(), side=side))
        _tell_side(places[0], side)


def _set(
    exercise: str,
    places: tuple[WishTarget, ...],
    changed: tuple[WishTarget, ...],
    side: str | None,
    text: str,
) -> None:
    """Set the dose in ``text`` for an exercise as it is done on the ``side``; None leaves that as it is."""
    for place in changed:
        _refuse_left_out(place)
        if place.is_coming(exercise):
            raise UsageError(
                f"{place.doing.name} is what comes next, so its dose can be set once you have done it."
                f" {_to_set(place)}"
            )
    new = changed[0].dose(text)
    _refuse_beyond(changed, new)
    cautions = [place.caution(new) for place in changed]
    if side is None and all(
        place.decision.change is DoseChange.CHOSEN and place.decision.dose == new for place in places
    ):
        page.show(f"You chose that already. {' '.join(map(next_time, places))}")
        return
    alone = changed[0].case.side if len(changed) == 1 else ""
    what = Wish.DOSE if side is None else Wish.SIDE
    whole = new if alone else changed[0].said_for_both(new)
    kept = alone if side is None else side
    found = wishes.wish(places[0], what, to_stderr, cli.clock.moment(), whole, kept)
    found = tuple(each for each in found if each.case.side in {one.case.side for one in changed})
    for before, after, caution in zip(changed, found, cautions, strict=True):
        page.show(
            " ".join(filter(None, (next_time(after), _was(before, after), _would(before, after, caution))))
        )
        if after.decision.dose != new:
            page.show(told(after))
        if caution:
            page.show(caution)
    if not_at_hand := changed[0].not_at_hand(new):
        page.show(not_at_hand)
    if found[0].also:
        page.show(f"This counts in {and_list(found[0].also)} too.")
    page.show("From there it rises and falls again with how your sessions go.")
    if side is None:
        page.show(UNDO)
    else:
        _tell_side(places[0], side)


def _refuse_beyond(places: tuple[WishTarget, ...], dose: Dose) -> None:
    """Refuse a dose above the bounds of whoever prescribed the exercise."""
    for place in places:
        if beyond := place.beyond(dose):
            raise UsageError(beyond)


def _tell(places: tuple[WishTarget, ...]) -> None:
    for place in places:
        page.show(next_time(place))


def _tell_side(place: WishTarget, side: str) -> None:
    """Say how long a side stays chosen, and what the other one does meanwhile."""
    key = shlex.quote(place.key)
    if side in OTHER_SIDE:
        other = OTHER_SIDE[side]
        page.show(
            f"It stays so in every routine, and the {other} side keeps its dose."
            f" For both again: voicecoach plan dose {key} both"
        )
    elif side:
        page.show(f"It stays so in every routine. For the usual order again: voicecoach plan dose {key} both")
    page.show(UNDO)


def _list() -> None:
    """Print what the person chose, of sides and of doses that no session has followed yet."""
    history = prepare.known(to_stderr, cli.clock.today())
    lines = [*chosen_sides.lines(history)]
    lines += [
        f"{each.name}: {_chosen(each)}, as you said on {day_of(each.choice)}."
        for each in wishes.doses_chosen(history)
    ]
    for line in lines:
        page.show(line)
    if not lines:
        page.show("You chose no dose and no side: everything goes by the rules.")
    page.show("To choose a dose: voicecoach plan dose EXERCISE '2 x 8'")
    page.show("To choose a side for now: voicecoach plan dose EXERCISE right")


def keep(exercise: Mine, *, routine: Where = None) -> None:
    """Refuse the next increase of an exercise: the same once more.

    What is less after pain, a flare or a break stays less.
    """
    places = wishes.find(exercise, routine, to_stderr, cli.clock.moment())
    for place in places:
        _refuse_left_out(place)
    if all(each.last is None and each.decision.change is not DoseChange.CHOSEN for each in places):
        raise UsageError(
            f"{places[0].doing.name} is new to your plan, so there is nothing to keep. To begin differently:"
            f" {_command(places[0])}"
        )
    side = places[0].case.side if len(places) == 1 else ""
    found = wishes.wish(places[0], Wish.KEEP, to_stderr, cli.clock.moment(), side=side)
    for before, after in zip(places, found, strict=True):
        page.show(" ".join(filter(None, (next_time(after), _was(before, after), _would(before, after)))))
        page.show(told(after))
        if after.decision.change is not DoseChange.HOLD:
            page.show(f"This refuses only what would be more; what is less stays less. {_to_set(after)}")
    page.show(UNDO)


def clear(
    exercise: Mine,
    *,
    routine: Where = None,
    asked: Annotated[
        bool, typer.Option("--asked", help="A doctor or physiotherapist has said yes: ask nothing.")
    ] = False,
) -> None:
    """Do an exercise again that was left out because it hurt.

    Only when a doctor or physiotherapist said that you may. It begins with an easier variation,
    or with its smallest dose.
    """
    places = wishes.find(exercise, routine, to_stderr, cli.clock.moment())
    out = [each for each in places if each.decision.leaves_out]
    name = places[0].case.written.name
    if not out:
        raise UsageError(f"{name} is not left out, so there is nothing to clear. {next_time(places[0])}")
    for place in out:
        page.show(f"{name}: {_left_out(place)}")
        for session in _sessions(place.decision):
            page.show(f"- {session}", indent=2, hang=2)
    if not asked:
        question = "Did a doctor or physiotherapist say that you may do it again?"
        ask_for_a_yes(question, "Then it stays left out. Ask one of them first.")
    side = out[0].case.side if len(out) == 1 else ""
    for after in wishes.wish(out[0], Wish.CLEARED, to_stderr, cli.clock.moment(), side=side):
        if side in {"", after.case.side}:
            page.show(next_time(after))
            page.show(told(after))
            if after.decision.advice:
                page.show(after.decision.advice)
    of_back = out[0].mine.routine.for_region is Region.BACK
    page.show(_ADVICE if of_back else _ADVICE_ELSEWHERE)
    page.show(UNDO)


def ask_for_a_yes(question: str, otherwise: str) -> None:
    """Ask whether a professional has said yes.

    Raises Declined, which tells what happens ``otherwise``, or UsageError where nobody can answer.
    """
    if not sys.stdin.isatty():
        raise UsageError(f"{question} If so, say it with --asked.")
    if not confirmed(question, file.own_phrases(), cli.clock):
        raise Declined(otherwise)


def undo() -> None:
    """Take back the last change made with dose, keep, clear or allow.

    Repeat it for the one before that. What a session has already followed stays.
    """
    choice = wishes.take_back(to_stderr, cli.clock.today())
    if choice is None:
        raise UsageError(NOTHING)
    try:
        places = wishes.find(choice.written, None, to_stderr, cli.clock.moment(), anyhow=True)
    except UsageError:  # the routine with it was changed or is not done any more
        page.show(f"Taken back: {_what(choice)} for {choice.written}, as you said on {day_of(choice)}.")
        return
    name = places[0].case.written.name
    page.show(f"Taken back: {_what(choice)} for {name}, as you said on {day_of(choice)}.")
    for place in places:
        page.show(next_time(place))
        page.show(told(place))


def remark(choice: Choice, decision: Decision) -> str:
    """A sentence on a wish that no session has followed yet, beside the reason of what was decided."""
    if choice.dose and decision.change is not DoseChange.CHOSEN:
        return f"Your wish of {day_of(choice)}, {amount(choice.dose)}, was before that."
    if choice.wish is Wish.KEEP and decision.change is not DoseChange.HOLD:
        return f"You asked for no change on {day_of(choice)}, so nothing rises."
    return f"You said so on {day_of(choice)}."


def allowed(choice: Choice) -> str:
    """What was allowed: a dose, or a harder variation."""
    return amount(choice.dose) if choice.dose else choice.variation


def in_full(dose: Dose, exercise: Exercise) -> str:
    """A dose with its sides: ``"2 x 8, right side"``, ``"2 x 8, each side, right first"``."""
    if exercise.only_side:
        return f"{amount(dose)}, {exercise.only_side} side"
    each = ", each side" if exercise.sides_apart > 1 else ""
    return amount(dose) + each + (f", {exercise.order[0]} first" if exercise.order else "")


def in_rounds(decision: Decision, rounds: int) -> str:
    """What follows a dose that is done in ``rounds`` of a routine: ``", in each of 3 rounds"``."""
    if rounds == 1 or decision.dose is None:
        return ""
    return ", in one round" if decision.one_round else f", in each of {rounds} rounds"


def _show(place: WishTarget) -> None:
    """Print what is done the next time, why, and how to have it otherwise."""
    decision = place.decision
    page.show(next_time(place))
    page.show(told(place))
    if place.case.wishes:
        page.show(remark(place.case.wishes[-1], decision))
    for session in _sessions(decision):
        page.show(f"- {session}", indent=2, hang=2)


def _show_how_to_change(places: tuple[WishTarget, ...]) -> None:
    """Print how to have it otherwise; a dose counts for both sides, when both are done."""
    place = next((each for each in places if not each.decision.leaves_out), None)
    if any(each.decision.leaves_out for each in places):
        page.show(f"When a professional has said yes: voicecoach plan clear {shlex.quote(places[0].key)}")
    if place is not None:
        page.show(_to_set(place) if len(places) == 1 else f"To change both sides: {_command(place)}")


def next_time(place: WishTarget) -> str:
    decision, exercise = place.decision, place.doing
    side = f", {place.case.side} side" if place.case.side else ""
    what = in_full(decision.dose, exercise) if decision.dose else f"left out{side}"
    what += in_rounds(decision, place.case.around.rounds)
    return f"Next time in {place.mine.routine.name}: {exercise.name}, {what}."


def _was(before: WishTarget, after: WishTarget) -> str:
    """What it was last time; empty when it was never done."""
    if before.last is None:
        return ""
    if (after.doing.key, after.decision.dose) == (before.case.current.key, before.last):
        return "That is the same as last time."
    return f"Last time it was {_amount(before.case.current, before.last, after)}."


def _would(before: WishTarget, after: WishTarget, caution: str = "") -> str:
    """What it would be without the wish; empty when nothing else, or when a ``caution`` says it."""
    planned = before.decision.dose
    same = (before.doing.key, planned) in (
        (before.case.current.key, before.last),
        (after.doing.key, after.decision.dose),
    )
    if caution or planned is None or same:
        return ""
    return f"Without this it would be {_amount(before.doing, planned, after)}."


def _amount(exercise: Exercise, dose: Dose, after: WishTarget) -> str:
    """A dose, with the name of its variation where that is another one ``after`` the wish."""
    return amount(dose) if exercise.key == after.doing.key else f"{exercise.name}, {amount(dose)}"


def _refuse_left_out(place: WishTarget) -> None:
    if place.decision.leaves_out:
        raise UsageError(
            f"{place.case.written.name}: {_left_out(place)} When a professional has said yes:"
            f" voicecoach plan clear {shlex.quote(place.key)}"
        )


def _to_set(place: WishTarget) -> str:
    to = f"stay with {place.case.current.name}" if place.changes_variation else "change it"
    return f"To {to}: {_command(place)}"


def _command(place: WishTarget) -> str:
    return f"voicecoach plan dose {shlex.quote(place.key)} '{amount(place.case.level)}'"


def _what(choice: Choice) -> str:
    side = f"{choice.side} side only" if choice.side in OTHER_SIDE else choice.side
    if choice.wish is Wish.SIDE and not side:
        side = "both sides"
    return _how_much(choice, side)


def _chosen(chosen: DoseChosen) -> str:
    if not chosen.sides:
        return _how_much(chosen.choice, chosen.choice.side)
    side = "each side" if len(chosen.sides) > 1 else f"{chosen.sides[0]} side"
    return _how_much(chosen.choice, f"{side} only" if chosen.alone else side)


def _how_much(choice: Choice, side: str) -> str:
    said = {
        Wish.KEEP: "no change",
        Wish.CLEARED: "the yes of a professional",
        Wish.ALLOW: "the yes of whoever prescribed it",
    }
    if choice.wish is Wish.ALLOW:
        return " to ".join(filter(None, (said[Wish.ALLOW], allowed(choice))))
    return ", ".join(filter(None, (amount(choice.dose) if choice.dose else said.get(choice.wish), side)))


def day_of(choice: Choice) -> str:
    return dates.without_year(choice.day, file.own_phrases())


def told(place: WishTarget) -> str:
    """Why the decision is as it is."""
    return file.own_phrases().tell(place.decision.reason)


def _left_out(place: WishTarget) -> str:
    """Why an exercise is left out, also when its substitute has gone its own way since."""
    if place.decision.substitute and place.decision.change is not DoseChange.REPLACE:
        why = "leg_suspended" if place.case.suspended else "left_out"
        return file.own_phrases().tell(Message(f"reason.{why}_instead", name=place.doing.name))
    return told(place)


def _sessions(decision: Decision) -> Iterator[str]:
    """The sessions that a decision is based on, a line each."""
    return map(file.own_phrases().tell, decision.based_on)
