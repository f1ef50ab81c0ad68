"""Asks the questions before and after a session, and acts on the answers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from voicecoach.app import compose, pace, plan, precautions, prepare, questions, weakness
from voicecoach.app.person import person_now
from voicecoach.app.prepare import PreparedSession
from voicecoach.app.record import Recording
from voicecoach.cli import page
from voicecoach.cli.introduction import Introduction, placed
from voicecoach.cli.notices import to_stderr
from voicecoach.cli.one_key import PATIENCE, SKIP, Asker, counts_down
from voicecoach.cli.spoken_answers import Hearing
from voicecoach.cli.welcome import Welcome
from voicecoach.clock import Clock
from voicecoach.journal.records import Agreed, Before, Felt, Session
from voicecoach.language import phrases
from voicecoach.language.dates import without_year
from voicecoach.routine.model import Routine
from voicecoach.routine.region import Region
from voicecoach.session.listener import Summary
from voicecoach.settings import profile_file, safety
from voicecoach.settings.profile_file import OwnProfile
from voicecoach.settings.table import SessionSettings
from voicecoach.timeline.steps import works
from voicecoach.training import stats
from voicecoach.training.debrief import Aftermath
from voicecoach.training.dose_history import name_of
from voicecoach.training.next_question import next_question, number_of
from voicecoach.training.questions import (
    COMMENT,
    GO_ON,
    INSTEAD,
    LIFTED,
    MORNING,
    NAMED,
    PACE,
    PACE_BEYOND,
    PERSON,
    QUESTIONS,
    STILL_WEAK,
    WELCOME,
    Barrier,
    Known,
    Question,
)
from voicecoach.training.weakness import Spell, going_on, said_on, told

_NOTHING: Final = Before()


@dataclass(frozen=True, slots=True)
class Beginning:
    """How a session begins after the questions."""

    before: Before = _NOTHING
    calm: str = ""
    """The routine to do instead; empty for the one asked for."""
    leaves: bool = False
    """Whether the person prefers not to exercise."""
    rests: bool = False
    """Whether they do so because the day is a red one."""
    introduced: bool = False
    """Whether they said more about themselves, as the profile has it now."""
    agreed: bool = False
    """Whether they said how an agreed pace goes on, as the journal has it now."""
    lifted: bool = False
    """Whether they said that precautions have been lifted, as the journal has it now."""

    @property
    def said(self) -> bool:
        """Whether anything was answered."""
        return self.before != _NOTHING or self.introduced or self.agreed or self.lifted


class Questions:
    """Those of one session; of one that ``goes_on``, what it is like now, and afterwards all of it.

    ``asked`` is whether anything is asked at all. Where there is a ``hearing``, answers can be said as well.
    """

    def __init__(
        self,
        chosen: SessionSettings,
        clock: Clock,
        *,
        asked: bool,
        goes_on: Session | None = None,
        hearing: Hearing | None = None,
    ) -> None:
        self._clock, day = clock, clock.today()
        self._asked = asked and page.at_terminal()
        self._sounding = compose.sounding(chosen, music=False)
        self._hearing = hearing
        self._counts = counts_down(chosen.view)
        self._limit = chosen.answer_within or math.inf
        self._past = questions.past(day, to_stderr) if self._asked else questions.Past(day, ())
        self._goes_on = goes_on
        if goes_on is not None:
            others = tuple(each for each in self._past.sessions if each.id != goes_on.id)
            self._past = replace(self._past, sessions=others)
        self._say = phrases.load(chosen.language)
        self._signalled = False
        own = (profile_file.load() if self._asked else None) or OwnProfile()
        self._person = Introduction(own, day, self._say)
        self._trains = True
        self._until: date | None = None
        """The last day of the precautions of the session."""

    @property
    def _region(self) -> Region:
        """What the session is for."""
        return self._past.region

    @property
    def _weak(self) -> Spell | None:
        """The sign of the region that nobody has looked at yet; None when there is none."""
        return going_on(self._past.weakness)

    @property
    def asked(self) -> bool:
        """Whether anything is asked."""
        return self._asked

    def signalled(self) -> None:
        """Skip the questions after a session that a signal ended."""
        self._signalled = True

    def before(self, wanted: PreparedSession, welcome: Welcome, *, as_written: bool) -> Beginning:
        """Ask how the person is; on a red day give advice and offer the calm routine instead of ``wanted``.

        Raises KeyboardInterrupt when a signal or Ctrl-C ends the program.
        """
        if not self._asked:
            return Beginning(introduced=welcome.introduced)
        self._past = self._past.about(wanted.region)
        known = replace(welcome.known, region=wanted.region)

        def calm(before: Before = _NOTHING) -> Routine | None:
            person = person_now(to_stderr, self._clock.moment(), before, as_written=as_written)
            found = questions.calm_for(person, wanted.region)
            return None if found is None or found.id == wanted.routine else found

        # Where no calm routine is offered, rest is.
        self._trains, offers = weakness.trains(wanted), not known.of_back or calm() is not None
        mornings = () if self._goes_on else self._past.mornings
        known = replace(known, goes_on=self._goes_on is not None)
        known = precautions.asking(known, wanted, to_stderr, self._clock.moment())
        self._until = wanted.instructions.until
        if not (as_written or known.first or self._goes_on):
            known = replace(known, person=self._person.due(first=False, region=wanted.region))

        def facts(known: Known) -> Known:
            return self._past.beginning(known, offers=offers)

        with self._asker("ask.unanswered") as ask:
            if welcome.at_once:
                ask.over = ask.left = True
            self._help(ask)
            for question, answer in self._answers(ask, known, facts):
                known = known.and_asked(question, answer)
                if question is MORNING and isinstance(answer, int):
                    questions.keep_morning(mornings, answer, to_stderr)
                if question is LIFTED and isinstance(answer, bool):
                    precautions.say(wanted, to_stderr, self._clock.moment(), lifted=answer)
            introduced = self._person.keep(ask, known)
            before = questions.answers_before(known)
            introduced |= welcome.introduced
            beginning = Beginning(
                before,
                introduced=introduced,
                agreed=self._keep_pace(known, before),
                lifted=known.asked.get(LIFTED.id) is True,
            )
            beginning = self._heeding(ask, beginning, wanted, calm, as_written=as_written)
        if ask.interrupted:
            raise KeyboardInterrupt
        return beginning

    def _heeding(
        self,
        ask: Asker,
        beginning: Beginning,
        wanted: PreparedSession,
        calm: Callable[[Before], Routine | None],
        *,
        as_written: bool,
    ) -> Beginning:
        """Heed what was said: weakness, a red day, or that nothing of ``wanted`` suits them now."""
        if waits := self._heeds(beginning.before):
            ask.reopen()
            ask.tell(waits)
            return replace(beginning, leaves=True)
        if red := self._past.red(beginning.before):
            ask.reopen()
            beginning = self._red(ask, red, beginning, wanted, calm(beginning.before))
        goes_on = as_written or beginning.calm or beginning.leaves or not beginning.said
        if goes_on or not self._leaves_nothing(beginning.before, wanted):
            return beginning
        ask.reopen()
        return self._instead(ask, beginning, wanted, calm(beginning.before))

    def after(
        self, kept: Recording, summary: Summary, at_end: Aftermath | None = None, *, key: str = ""
    ) -> None:
        """Ask how it was and write the answers down; ask one more question after a week without a session.

        ``at_end`` is what was known when the end of the session was told, if it was; ``key`` is the last one
        that was pressed in it.
        """
        if not self._asked or self._signalled or kept.written is None:
            return
        session = kept.written
        if not self._is_worth_asking(session):
            return
        self._past = self._past.about(session.region)
        steps = (*kept.past, *kept.steps, *summary.steps)
        names = {each.exercise.key: each.exercise.name for each in works(steps)}
        done = {
            each.written or each.exercise: names.get(each.exercise, each.exercise) for each in session.sets
        }
        known = self._past.ending(session, done, self._clock.moment(), follows=questions.has_plan())
        kept.leave_open()
        with self._asker("ask.unanswered_after", self._limit, later=True, follows=key) as ask:
            ask.show("")
            self._help(ask)
            ask.introduce(self._say("ask.later"))
            session = self._how_it_was(ask, session, known, kept.say)
            if ask.settled:
                kept.settle()
            if not ask.interrupted:
                self._debrief(ask, session, done, at_end)

    def left_open(self) -> bool:
        """Ask what was left open after the last session; tell whether anything was answered.

        Raises KeyboardInterrupt when a signal or Ctrl-C ends the program.
        """
        session = questions.left_open(to_stderr, self._clock.today()) if self._asked else None
        if session is None or (self._goes_on is not None and session.id == self._goes_on.id):
            return False
        moment, past = self._clock.moment(), questions.past(session.day, to_stderr)
        others = tuple(each for each in past.sessions if each.id != session.id)
        self._past = replace(past, sessions=others).about(session.region)
        find = prepare.exercises_by_key()
        names = {key: name_of(key, find) for key in (each.written or each.exercise for each in session.sets)}
        known = self._past.ending(session, names, moment, follows=questions.has_plan())
        known = replace(known, asked=questions.given(session, moment.date()))
        before = session
        at_end = questions.aftermath(session, self._past, plan.followed(), to_stderr, moment, names)
        with self._asker("ask.unanswered", later=True) as ask:
            when = self._say.part("ask.today" if session.day == moment.date() else "ask.yesterday")
            name = prepare.library().routine_name(session.routine)
            ask.show("")
            ask.introduce(self._say("ask.again", name=name, when=when))
            session = self._how_it_was(
                ask, session, known, lambda answered: questions.keep_answers(before, answered, to_stderr)
            )
            if ask.settled:
                questions.settle(session, to_stderr)
            if session != before and not ask.interrupted:
                self._debrief(ask, session, names, at_end)
        if ask.interrupted:
            raise KeyboardInterrupt
        return session != before

    def _asker(
        self, unanswered: str, patience: float = PATIENCE, *, later: bool = False, follows: str = ""
    ) -> Asker:
        return Asker(
            self._sounding,
            self._clock,
            patience=patience,
            unanswered=unanswered,
            counts=self._counts,
            later=later,
            follows=follows,
            hearing=self._hearing,
        )

    def _how_it_was(
        self, ask: Asker, session: Session, known: Known, keep: Callable[[Session], None]
    ) -> Session:
        """Ask how a session was; ``keep`` each answer, and return the session with all."""
        for question, answer in self._answers(ask, known):
            if answer is None:
                continue
            if question is COMMENT:
                session = _with(session, str(answer))
            elif isinstance(answer, Barrier):
                why = self._say("barrier.note", what=self._say.part(f"barrier.{answer}.what"))
                session = _with(session, why)
                ask.tell(self._say(f"barrier.{answer}.tip"))
                if answer is Barrier.FORGOT:
                    ask.show(self._say("barrier.forgot.shown"))
            elif question.id == NAMED.id:
                session = replace(session, named=str(answer))
            else:
                changed: dict[str, Any] = {questions.FELT[question.id]: answer}
                session = replace(session, after=replace(session.after, **changed))
            keep(session)
        return session

    def _debrief(
        self, ask: Asker, session: Session, names: Mapping[str, str], at_end: Aftermath | None
    ) -> None:
        """Answer the answers; who left the questions only sees it."""
        silently = ask.left or ask.put_off
        ask.reopen()
        last = questions.last_word(session, self._past, to_stderr, self._clock.moment(), names, told=at_end)
        sentences = [self._say.tell(each) for each in last.said]
        ask.show("", *sentences) if silently else ask.tell(*sentences)
        ask.show(*map(self._say.tell, last.shown))

    def _heeds(self, before: Before) -> str:
        """Keep the answer about weakness; return why the session waits, empty when it may begin.

        Whoever skips the question while weakness has to be looked at may still move gently.
        """
        present = before.weak if self._region is Region.BACK else before.sign
        if present is not None:
            if present or self._weak or self._region is Region.BACK:  # else a no says nothing new
                weakness.say(to_stderr, self._clock.moment(), present=present, region=self._region)
            return self._say(f"region.{self._region}.see") if present else ""
        if self._weak is None or not self._trains:
            return ""
        return told(self._weak, self._clock.today(), self._say)

    def _keep_pace(self, known: Known, before: Before) -> bool:
        """Write down a step of an agreed pace, and tell whether there was one; weakness makes it void."""
        said = known.asked.get(PACE.id) or known.asked.get(PACE_BEYOND.id)
        if before.weak or before.sign or not isinstance(said, Agreed):
            return False
        return pace.say(said, to_stderr, self._clock.moment())

    def _help(self, ask: Asker) -> None:
        """Explain the keys, as long as they are new."""
        if not self._past.helped:
            ask.introduce(self._say("ask.keys"))

    def _is_worth_asking(self, session: Session) -> bool:
        """Tell whether it counts as exercise: what was done now, or before and was never asked about."""
        before = self._goes_on
        answered = before is not None and before.after != Felt()
        sets = session.sets[len(before.sets) :] if before is not None and answered else session.sets
        return stats.are_work(sets)

    def _answers(
        self, ask: Asker, known: Known, facts: Callable[[Known], Known] = lambda known: known
    ) -> Iterator[tuple[Question, object | None]]:
        """Ask one question after the other, with its answer: None when it is skipped.

        ``facts`` adds what follows from the answers so far. The caller offers the calm routine.
        """
        moment = self._clock.moment()
        other = {*WELCOME, GO_ON, INSTEAD, *(PERSON if known.first else ())}
        counted = [each for each in QUESTIONS if each not in other]
        while (question := next_question(facts(known), moment)) and question is not INSTEAD:
            self._person.prepare(ask, question, known)
            sentence, at = self._sentence(question), number_of(question, known, moment, counted, facts)
            listed, words = self._person.listed(question), dict[str, str]()
            if question.id == NAMED.id:
                listed = (*self._listed(question, known), self._say("ask.named_keys"))
                words = {known.done[str(each.value)]: each.key for each in question.answers if each.value}
            shown = placed(sentence, at, self._say)
            answer = ask.answer(question, sentence, shown=shown, listed=listed, words=words)
            known = known.and_asked(question, answer)
            yield question, answer
            if question is STILL_WEAK and (answer or (answer is None and self._trains)):
                return  # nothing begins, so there is no more to ask

    def _sentence(self, question: Question) -> str:
        if question in PERSON:
            return self._person.sentence(question)
        if question is STILL_WEAK and self._weak is not None:
            when = said_on(self._weak, self._clock.today(), self._say)
            return self._say(question.named(self._region), when=when)
        if question is LIFTED and self._until is not None:
            return self._say(question.phrase, day=without_year(self._until, self._say))
        return self._say(question.named(self._region))

    def _listed(self, question: Question, known: Known) -> Iterator[str]:
        """Yield a line for each exercise that may have hurt, with its key."""
        for answer in question.answers:
            if answer.value:
                yield self._say("ask.one", key=answer.key, name=known.done[str(answer.value)])

    def _red(
        self,
        ask: Asker,
        red: questions.Red,
        beginning: Beginning,
        wanted: PreparedSession,
        calm: Routine | None,
    ) -> Beginning:
        """Give advice, which cannot be skipped, then offer the calm routine, or rest where there is none."""
        why, region = self._say.tell(self._past.told(red, beginning.before)), self._region
        advice = self._say(f"region.{region}.advice")
        if self._past.lists_signs(red):
            ask.introduce(why)
            ask.show("")
            ask.introduce(self._say("red.signs"))
            ask.introduce(*safety.load(region=region).emergency.points, mark="* ")
            ask.show("")
            ask.tell(advice)
        else:
            ask.tell(why, advice, self._say(f"region.{region}.urgent"))
        of_back = region is Region.BACK
        ask.show(self._say("red.more") if of_back else self._say("red.more_of", region=region))
        if red is questions.Red.PACED or (of_back and calm is None):
            return beginning
        if calm is None:
            sentence = self._say("red.leave", wanted=wanted.name)
            goes_on = ask.answer(INSTEAD, sentence, words={wanted.name: "w"})
            return replace(beginning, leaves=not goes_on, rests=not goes_on)
        sentence = self._say(INSTEAD.phrase, name=calm.name, wanted=wanted.name)
        as_wanted = ask.answer(INSTEAD, sentence, words={calm.name: SKIP, wanted.name: "w"})
        return replace(beginning, calm="" if as_wanted else calm.id, leaves=ask.left, rests=ask.left)

    def _leaves_nothing(self, before: Before, wanted: PreparedSession) -> bool:
        """Tell whether nothing of what is wanted suits the person after their answers."""
        if self._goes_on is not None or wanted.asked is None:
            return False
        person = person_now(to_stderr, self._clock.moment(), before)
        return bool(prepare.is_empty(prepare.library(), wanted.asked.name, person))

    def _instead(
        self, ask: Asker, beginning: Beginning, wanted: PreparedSession, calm: Routine | None
    ) -> Beginning:
        """Say that nothing is left of the routine, and what comes in its place."""
        if calm is None:
            ask.tell(self._say("unsuited.nothing", wanted=wanted.name))
            ask.show(self._say("agenda.unsuited_why"))
            return replace(beginning, leaves=True)
        ask.tell(self._say("unsuited.instead", wanted=wanted.name, name=calm.name))
        return replace(beginning, calm=calm.id)


def _with(session: Session, comment: str) -> Session:
    """Return ``session`` with one more comment."""
    return replace(session, comment=f"{session.comment} {comment}".strip())
