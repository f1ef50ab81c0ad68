"""Going on with an interrupted session: finding it, and planning what is left of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from voicecoach.app import plan as planning
from voicecoach.app import prepare
from voicecoach.app.journal import Notice, ask_journal
from voicecoach.app.prepare import PreparedSession, Selection, variations_for
from voicecoach.app.record import playing
from voicecoach.clock import today
from voicecoach.errors import UnknownName, UsageError
from voicecoach.journal.records import Asked, Course, Decision, Session, SetDone
from voicecoach.journal.store import Journal
from voicecoach.routine.files.library import Library, is_path
from voicecoach.routine.model import Exercise, Explaining, Posture, Routine
from voicecoach.session.listener import Ending
from voicecoach.settings.table import SessionSettings
from voicecoach.timeline.expand import announcing, expand_exercise, retraced
from voicecoach.timeline.steps import (
    AnyStep,
    Briefing,
    ChangeSides,
    Intro,
    Outro,
    RestStep,
    SayStep,
    WaitStep,
    Work,
    at_tempo,
    has_tempo,
)
from voicecoach.training.dosed_routine import apply
from voicecoach.training.variation import FindVariation

WITHIN: Final = timedelta(hours=12)
"""How long an interrupted session can go on [own choice]."""


def interrupted(notice: Notice, name: str = "") -> Session | None:
    """The latest session of the last twelve hours that was not finished, of the routine ``name`` or of any.

    One whose routine was done to its end afterwards does not count, nor one that is being played now. A
    journal that cannot be read is told.
    """
    now, place = today().astimezone(UTC), _place(name)

    def find(journal: Journal) -> Session | None:
        recent = journal.sessions((now - WITHIN - timedelta(days=1)).date())
        later: set[str] = set()
        for session in reversed(recent):
            if session.asked is None or session.asked.name in later:
                continue
            later.add(session.asked.name)
            fits = place in {"", session.asked.name} and abs(now - _last_seen(session)) <= WITHIN
            if fits and not session.finished and not playing(session):
                return session
        return None

    return ask_journal(find, None, notice)


def session_resuming(
    kept: Session, coaching: Explaining | None, chosen: SessionSettings, notice: Notice
) -> PreparedSession:
    """What is left of ``kept``, with the doses that were decided for it and all that was chosen on the way.

    Raises UsageError, for the person, when its routine is not what it was; and what
    :func:`voicecoach.app.session_for` raises.
    """
    asked = kept.asked or Asked(name=kept.routine)
    person = prepare.profile(as_written=kept.as_written)
    explaining = coaching or (Explaining(asked.coaching) if asked.coaching else person.coaching)
    settings = replace(prepare.settings_for(explaining, notice, prepare.coached(chosen)), tempo=asked.tempo)

    def as_decided(routine: Routine, shelf: Library) -> tuple[Routine, tuple[Decision, ...]]:
        return apply(routine, kept.decisions, variations_for(shelf, person)), kept.decisions

    other = f"'voicecoach play {asked.name}' starts it anew."
    try:
        whole = prepare.session_for(
            person,
            asked.name,
            settings,
            asked.rate or chosen.rate,
            Selection(start=asked.start, only=asked.only, sets=asked.sets, minutes=asked.minutes),
            decide=None if kept.as_written else as_decided,
            week=planning.week_with(kept.day, notice),
        )
    except UnknownName as error:
        raise UsageError(
            f"The routine '{asked.name}' is no longer there, so it cannot go on. 'voicecoach list' shows what"
            " you can play instead."
        ) from error
    if whole.version != kept.version:
        raise UsageError(f"The routine '{asked.name}' was changed since, so it cannot go on. {other}")
    if not _is_planned(kept, works(whole.steps)):
        raise UsageError(f"'{asked.name}' is planned otherwise by now, so it cannot go on. {other}")
    shelf = prepare.library()
    find = variations_for(shelf.beside(shelf.locate(asked.name)), person)

    def plan(block: int, exercise: Exercise, posture: Posture | None) -> tuple[AnyStep, ...]:
        return expand_exercise(block, exercise, settings, posture)

    steps = whole.steps if kept.course == Course() else as_it_became(whole.steps, kept.course, find, plan)
    return replace(
        whole,
        steps=resumed(steps, kept.sets, kept.course),
        resumes=kept,
        past=past(steps, kept.sets, kept.course),
    )


def _place(name: str) -> str:
    """The name by which the journal knows what is called ``name``."""
    return str(prepare.library().locate(name).resolve()) if is_path(name) else name


def _is_planned(kept: Session, planned: Sequence[Work]) -> bool:
    """Whether the sets that were done are of exercises that are planned where they were done."""
    written = {each.exercise: each.written for each in kept.decisions}
    there = {(each.block, written.get(each.exercise.key, each.exercise.key)) for each in planned}
    return all((each.block, each.written) in there for each in kept.sets)


def _last_seen(session: Session) -> datetime:
    """The last moment at which a session is known to have gone on."""
    return max(filter(None, (session.started, session.ended, *(each.at for each in session.sets))))


Steps = tuple[AnyStep, ...]
Key = tuple[int, int, str]
"""The block, the number and the side of a set."""
PlanExercise = Callable[[int, Exercise, Posture | None], Steps]
"""The steps of an exercise in a block, for somebody who is in that posture."""

_NOTHING: Final = Course()


def resumed(steps: Steps, sets: Sequence[SetDone], course: Course = _NOTHING) -> Steps:
    """``steps`` from the set on in which they were interrupted; ``sets`` in the order they were left.

    A set that was done, or left on purpose, is not done again, nor is what comes before the last one or the
    place that was reached, and an exercise that hurt is over. A set in which the session was stopped begins
    again. The exercise that goes on is explained again.
    """
    if not sets and course == _NOTHING:
        return steps
    here, left = _here(steps, sets), left_out(steps, sets, course)
    going_on = next((step for step in works(steps) if key(step) not in left), None)
    begun = bool(sets or left)
    rest = _Remainder()
    for index, step in enumerate(steps):
        match step:
            case Intro() if begun:
                rest.kept += [] if going_on is None else [replace(step, resumes_at=going_on)]
            case Briefing():
                rest.briefing, rest.begun = step, False
            case Work() if key(step) in left:
                rest.begun = True
            case Work():
                rest.work(step)
            case RestStep() if not step.next_set:
                rest.rest(step)
            case ChangeSides() | RestStep():
                rest.between = step
            case SayStep() | WaitStep() if index < here or step.block < course.block:
                pass
            case _:
                rest.other(step)
    return retraced(tuple(rest.kept))


def left_out(steps: Steps, sets: Sequence[SetDone], course: Course = _NOTHING) -> frozenset[Key]:
    """The sets of ``steps`` that are not done again."""
    here, over = _here(steps, sets), _over(steps, sets, course)
    done = [each for each in sets if each.ending is not Ending.STOPPED]
    stopped = bool(sets) and sets[-1].ending is Ending.STOPPED
    return frozenset(
        key(step)
        for index, step in enumerate(steps)
        if isinstance(step, Work)
        and (
            index < here
            or (index == here and not stopped)
            or step.block < course.block
            or key(step) in over
            or any(_is(step, each) for each in done)
        )
    )


def past(steps: Steps, sets: Sequence[SetDone], course: Course) -> tuple[Work, ...]:
    """The sets of ``steps`` that are not done again and still count as planned: not the rest of an exercise
    that is over because it hurt.
    """
    left, over = left_out(steps, sets, course), _over(steps, sets, course)
    return tuple(
        step
        for step in works(steps)
        if key(step) in left and (key(step) not in over or any(_is(step, each) for each in sets))
    )


def as_it_became(steps: Steps, course: Course, find: FindVariation, plan: PlanExercise) -> Steps:
    """``steps`` with the tempo, the forms and the advice that the person chose on the way."""
    chosen, advice = {form.block: form.exercise for form in course.forms}, dict[int, str]()
    for block, text in course.advice:
        advice[block] = f"{advice[block]} {text}" if block in advice else text
    found = {
        step.block: _with_sets(form, len(step.exercise.reps))
        for step in steps
        if isinstance(step, Briefing) and step.block in chosen and (form := find(chosen[step.block]))
    }
    became: list[AnyStep] = []
    for index, step in enumerate(steps):
        form = found.get(step.block)
        if isinstance(step, RestStep) and not step.next_set:
            after = steps[index + 1] if index + 1 < len(steps) else None
            form = found.get(after.block) if isinstance(after, Briefing) else None
            became.append(announcing(step, form) if form else step)
        elif form is None or not isinstance(step, Briefing | Work | ChangeSides | RestStep):
            became.append(step)
        elif isinstance(step, Briefing):
            became += plan(step.block, form, step.exercise.posture)
    told = (_advised(step, advice.get(step.block, "")) for step in became)
    return retraced(
        tuple(at_tempo(s, course.tempo) if isinstance(s, Work) and has_tempo(s) else s for s in told)
    )


def _with_sets(exercise: Exercise, sets: int) -> Exercise:
    """``exercise`` in so many sets; its last one may come repeatedly."""
    return replace(exercise, reps=(*exercise.reps, *exercise.reps[-1:] * sets)[:sets])


def _advised(step: AnyStep, advice: str) -> AnyStep:
    if advice and isinstance(step, Briefing | Work | ChangeSides):
        return replace(step, exercise=replace(step.exercise, advice=(*step.exercise.advice, advice)))
    return step


def works(steps: Steps) -> list[Work]:
    """The sets in ``steps``."""
    return [step for step in steps if isinstance(step, Work)]


def key(work: Work) -> Key:
    """What a set is known by in its session."""
    return work.block, work.set_number, work.side


def _is(work: Work, done: SetDone) -> bool:
    """Whether ``done`` is a record of ``work``, in another form perhaps that has no sides, or has them."""
    same = (work.block, work.set_number) == (done.block, done.set_number)
    return same and (work.side == done.side or not work.side or not done.side)


def _here(steps: Steps, sets: Sequence[SetDone]) -> int:
    """The index of the set that was left last; -1 when it is not there."""
    found = [
        index for index, step in enumerate(steps) if sets and isinstance(step, Work) and _is(step, sets[-1])
    ]
    return found[-1] if found else -1


def _over(steps: Steps, sets: Sequence[SetDone], course: Course) -> frozenset[Key]:
    """The sets of the exercises that hurt, as planned and as done."""
    hurt = [(each.block, each.exercise) for each in sets if each.ending is Ending.HURT]
    hurt += course.over
    blocks = {block for block, _ in hurt}
    keys = {name for _, name in hurt} | {step.exercise.key for step in works(steps) if step.block in blocks}
    return frozenset(key(step) for step in works(steps) if step.exercise.key in keys)


@dataclass
class _Remainder:
    """Steps as they are gathered."""

    kept: list[AnyStep] = field(default_factory=list)
    briefing: Briefing | None = None
    """Of the exercise at hand, as long as nothing of it is kept."""
    begun: bool = False
    """Whether something of that exercise is left out."""
    between: RestStep | ChangeSides | None = None
    """What comes between the sets of an exercise, before the next one."""
    rests: list[RestStep] = field(default_factory=list)
    """Between exercises, before what comes next."""

    def work(self, step: Work) -> None:
        if self.briefing is not None:
            told = self.briefing
            if self.begun:
                told = replace(told, going_on=True, side=step.side or told.side)
            if self.rests and self.rests[-1].next_exercise is not None:
                self.rests[-1] = announcing(self.rests[-1], told.exercise)
            self.kept += [*self.rests, told]
            self.rests, self.briefing = [], None
        elif self.between is not None:
            self.kept.append(self.between)
        self.kept.append(step)

    def rest(self, step: RestStep) -> None:
        """One rest is enough where nothing is left between two, and none before the first exercise."""
        if not works(tuple(self.kept)):
            return
        if self.briefing is not None and self.rests:
            before = self.rests.pop()
            if (before.seconds or 0) > (step.seconds or 0):
                step = announcing(before, step.next_exercise)
        self.briefing = None
        self.rests.append(step)

    def other(self, step: AnyStep) -> None:
        """What is no part of an exercise; a rest that announced one which is left out is left out too."""
        self.kept += [rest for rest in self.rests if rest.next_exercise is None]
        self.rests = []
        if isinstance(step, Outro):
            self.briefing = None
        self.kept.append(step)
