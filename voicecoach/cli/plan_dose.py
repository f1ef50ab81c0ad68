"""``voicecoach plan explain``, ``dose``, ``keep``, ``clear`` and ``undo``: what the rules decide for the next
session, and what the person wants instead.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterator
from typing import Annotated, Final

import typer

from voicecoach import cli
from voicecoach.app import agenda, prepare, wishes
from voicecoach.app.person import person_now
from voicecoach.app.wishes import WishTarget
from voicecoach.cli import page, vocabulary
from voicecoach.cli.notices import to_stderr
from voicecoach.cli.one_key import confirmed
from voicecoach.errors import Declined, UsageError
from voicecoach.journal.records import Choice, Decision, DoseChange, Wish
from voicecoach.language import dates
from voicecoach.language.phrases import Message
from voicecoach.routine.model import Dose, Exercise, Routine
from voicecoach.settings import file
from voicecoach.training.dosed_routine import Prescription
from voicecoach.training.variation import FindVariation
from voicecoach.training.words import amount

Mine = Annotated[
    str,
    typer.Argument(
        metavar="EXERCISE",
        help="By its name, as 'voicecoach plan explain' shows it.",
        autocompletion=vocabulary.exercises,
    ),
]
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


def dose(
    exercise: Mine,
    wanted: Annotated[
        str | None,
        typer.Argument(
            metavar="[DOSE]",
            help="As in routines: 12, '2 x 8', '3 x 10s', '8 with 2 kg', '8 each side', 60s.",
        ),
    ] = None,
    *,
    routine: Where = None,
) -> None:
    """Set how much of an exercise you do from the next time on.

    Without a dose it says what comes next time, and why. From there the dose rises and falls
    with how your sessions go.
    """
    place = wishes.find(exercise, routine, to_stderr, cli.clock.moment())
    if wanted is None:
        _show(place)
        return
    _refuse_left_out(place)
    if place.is_coming(exercise):
        raise UsageError(
            f"{place.doing.name} is what comes next, so its dose can be set once you have done it."
            f" {_to_set(place)}"
        )
    new = place.dose(wanted)
    caution = place.caution(new)
    if place.decision.change is DoseChange.CHOSEN and place.decision.dose == new:
        page.show(f"You chose that already. {_next(place)}")
        return
    after = wishes.wish(place, Wish.DOSE, to_stderr, cli.clock.moment(), new)
    page.show(" ".join(filter(None, (_next(after), _was(place, after), _would(place, after, caution)))))
    if after.decision.dose != new:
        page.show(_told(after))
    if caution:
        page.show(caution)
    if not_at_hand := place.not_at_hand(new):
        page.show(not_at_hand)
    if after.also:
        page.show(f"This counts in {_joined(after.also)} too.")
    page.show("From there it rises and falls again with how your sessions go.")
    page.show(UNDO)


def keep(exercise: Mine, *, routine: Where = None) -> None:
    """Refuse the next increase of an exercise: the same once more.

    What is less after pain, a flare or a break stays less.
    """
    place = wishes.find(exercise, routine, to_stderr, cli.clock.moment())
    _refuse_left_out(place)
    if place.last is None and place.decision.change is not DoseChange.CHOSEN:
        raise UsageError(
            f"{place.doing.name} is new to your plan, so there is nothing to keep. To begin differently:"
            f" {_command(place)}"
        )
    after = wishes.wish(place, Wish.KEEP, to_stderr, cli.clock.moment())
    page.show(" ".join(filter(None, (_next(after), _was(place, after), _would(place, after)))))
    page.show(_told(after))
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
    place = wishes.find(exercise, routine, to_stderr, cli.clock.moment())
    name = place.case.written.name
    if not place.decision.leaves_out:
        raise UsageError(f"{name} is not left out, so there is nothing to clear. {_next(place)}")
    page.show(f"{name}: {_left_out(place)}")
    for session in _sessions(place.decision):
        page.show(f"- {session}", indent=2, hang=2)
    question = "Did a doctor or physiotherapist say that you may do it again?"
    if not asked:
        if not sys.stdin.isatty():
            raise UsageError(f"{question} If so, say it with --asked.")
        if not confirmed(question, file.own_phrases(), cli.clock):
            raise Declined("Then it stays left out. Ask one of them first.")
    after = wishes.wish(place, Wish.CLEARED, to_stderr, cli.clock.moment())
    page.show(_next(after))
    page.show(_told(after))
    if after.decision.advice:
        page.show(after.decision.advice)
    page.show(_ADVICE)
    page.show(UNDO)


def undo() -> None:
    """Take back the last change made with dose, keep or clear.

    Repeat it for the one before that. What a session has already followed stays.
    """
    choice = wishes.take_back(to_stderr, cli.clock.today())
    if choice is None:
        raise UsageError(NOTHING)
    try:
        place = wishes.find(choice.written, None, to_stderr, cli.clock.moment())
    except UsageError:  # the routine with it was changed or is not done any more
        page.show(f"Taken back: {_what(choice)} for {choice.written}, as you said on {_day(choice)}.")
        return
    name = place.case.written.name
    page.show(f"Taken back: {_what(choice)} for {name}, as you said on {_day(choice)}.")
    page.show(_next(place))
    page.show(_told(place))


def remark(choice: Choice, decision: Decision) -> str:
    """A sentence on a wish that no session has followed yet, beside the reason of what was decided."""
    if choice.wish is Wish.DOSE and decision.change is not DoseChange.CHOSEN:
        return f"Your wish of {_day(choice)}, {_what(choice)}, was before that."
    if choice.wish is Wish.KEEP and decision.change is not DoseChange.HOLD:
        return f"You asked for no change on {_day(choice)}, so nothing rises."
    return f"You said so on {_day(choice)}."


def in_full(dose: Dose, exercise: Exercise) -> str:
    """A dose with its sides: ``"2 x 8, each side"``."""
    return amount(dose) + (", each side" if exercise.sides_apart > 1 else "")


def _show(place: WishTarget) -> None:
    """Print what is done the next time, why, and how to have it otherwise."""
    decision = place.decision
    page.show(_next(place))
    page.show(_told(place))
    if place.case.wishes:
        page.show(remark(place.case.wishes[-1], decision))
    for session in _sessions(decision):
        page.show(f"- {session}", indent=2, hang=2)
    if decision.leaves_out:
        page.show(f"When a professional has said yes: voicecoach plan clear {shlex.quote(place.key)}")
        return
    page.show(_to_set(place))


def _next(place: WishTarget) -> str:
    decision, exercise = place.decision, place.doing
    what = in_full(decision.dose, exercise) if decision.dose else "left out"
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


def _joined(names: tuple[str, ...]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _what(choice: Choice) -> str:
    said = {Wish.KEEP: "no change", Wish.CLEARED: "the yes of a professional"}
    return amount(choice.dose) if choice.dose else said[choice.wish]


def _day(choice: Choice) -> str:
    return dates.without_year(choice.day, file.own_phrases())


def _told(place: WishTarget) -> str:
    """Why the decision is as it is."""
    return file.own_phrases().tell(place.decision.reason)


def _left_out(place: WishTarget) -> str:
    """Why an exercise is left out, also when its substitute has gone its own way since."""
    if place.decision.substitute and place.decision.change is not DoseChange.REPLACE:
        why = "leg_suspended" if place.case.suspended else "left_out"
        return file.own_phrases().tell(Message(f"reason.{why}_instead", name=place.doing.name))
    return _told(place)


def _sessions(decision: Decision) -> Iterator[str]:
    """The sessions that a decision is based on, a line each."""
    return map(file.own_phrases().tell, decision.based_on)


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
    _explain(*found)
    if unused := file.read().remark:
        page.show(unused)


def _explain(routine: Routine, decided: Prescription, find_variation: FindVariation) -> None:
    page.show(f"{routine.name}: what you do next time, and why")
    exercises, say = {each.key: each for each in routine.exercises}, file.own_phrases()
    for each in decided.decisions:
        written = exercises[each.written]
        done = written if each.exercise == each.written else find_variation(each.exercise) or written
        page.show()
        name = f"{done.name}, for {written.name}" if each.substitute else done.name
        page.show(f"{name}: {in_full(each.dose, done) if each.dose else 'left out'}", indent=2, hang=2)
        page.show(say.tell(each.reason), indent=6)
        if wish := decided.wishes.get(each.written):
            page.show(remark(wish, each), indent=6)
        if each.advice:
            page.show(each.advice, indent=6)
        for session in map(say.tell, each.based_on):
            page.show(f"- {session}", indent=6, hang=2)
    page.show()
    if any(each.leaves_out for each in decided.decisions):
        page.show(
            "Once a doctor or physiotherapist has said yes to one left out: voicecoach plan clear EXERCISE"
        )
    page.show("To refuse the next rise of an exercise: voicecoach plan keep EXERCISE")
    page.show("To set its dose: voicecoach plan dose EXERCISE '2 x 8'")
    page.show(f"To do the routine as it stands in its file: voicecoach play {routine.id} --as-written")
