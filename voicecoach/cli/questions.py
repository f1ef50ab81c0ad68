"""Asks the questions before and after a session, and acts on the answers."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from voicecoach.app import compose, questions
from voicecoach.app.person import person_now
from voicecoach.app.prepare import PreparedSession
from voicecoach.app.record import Recording
from voicecoach.cli.notices import to_stderr
from voicecoach.cli.one_key import Asker
from voicecoach.clock import Clock
from voicecoach.journal.records import Before, Felt, Leg, Session
from voicecoach.language import phrases
from voicecoach.routine.model import Routine
from voicecoach.session.listener import Summary
from voicecoach.settings import safety
from voicecoach.settings.table import SessionSettings
from voicecoach.training.questions import (
    COMMENT,
    EFFORT,
    FORM,
    LEG,
    MORNING,
    PAIN,
    WORST_PAIN,
    AskedWhen,
    Barrier,
    Known,
    Question,
    next_question,
)

_FELT: Final = {WORST_PAIN.id: "worst_pain", EFFORT.id: "effort", FORM.id: "form_ok"}
"""The field of the journal for each answer."""
_NOTHING: Final = Before()


@dataclass(frozen=True, slots=True)
class Beginning:
    """How a session begins after the questions."""

    before: Before = _NOTHING
    calm: str = ""
    """The routine to do instead; empty for the one asked for."""
    leaves: bool = False
    """Whether the person prefers not to exercise."""

    @property
    def said(self) -> bool:
        """Whether anything was answered."""
        return self.before != _NOTHING


class Questions:
    """Those of one session; of one that ``goes_on``, what it is like now, and afterwards all of it.

    ``asked`` is whether anything is asked at all.
    """

    def __init__(
        self, chosen: SessionSettings, clock: Clock, *, asked: bool, goes_on: Session | None = None
    ) -> None:
        self._clock, day = clock, clock.today()
        self._asked = asked and sys.stdin.isatty() and sys.stdout.isatty()
        self._sounding = compose.sounding(chosen, music=False)
        self._past = questions.past(day, to_stderr) if self._asked else questions.Past(day, ())
        self._goes_on = goes_on
        if goes_on is not None:
            others = tuple(each for each in self._past.sessions if each.id != goes_on.id)
            self._past = replace(self._past, sessions=others)
        self._say = phrases.load(chosen.language)
        self._signalled = False

    def signalled(self) -> None:
        """Skip the questions after a session that a signal ended."""
        self._signalled = True

    def before(self, wanted: PreparedSession, known: Known, *, as_written: bool) -> Beginning:
        """Ask how the person is; on a red day give advice and offer the calm routine instead of ``wanted``.

        ``known`` holds earlier answers. Raises KeyboardInterrupt when a signal or Ctrl-C ends the
        program.
        """
        if not self._asked:
            return Beginning()
        last = None if self._goes_on else self._past.morning_of
        known = replace(known, goes_on=self._goes_on is not None, morning=last is not None)
        with Asker(self._sounding, self._clock) as ask:
            ask.introduce(self._say("ask.keys"))
            for question, answer in self._answers(ask, known):
                known = known.and_asked(question, answer)
            said = {key: value for key, value in known.asked.items() if value is not None}
            if last and isinstance(morning := said.get(MORNING.id), int):
                questions.keep_morning(last, morning, to_stderr)
            pain, leg = said.get(PAIN.id), said.get(LEG.id)
            before = Before(
                pain=pain if isinstance(pain, int) else None, leg=leg if isinstance(leg, Leg) else None
            )
            beginning = Beginning(before)
            if red := self._past.red(before):
                ask.reopen()
                calm = questions.calm_for(
                    person_now(to_stderr, self._clock.moment(), before, as_written=as_written)
                )
                beginning = self._red(ask, red, beginning, wanted, calm, known)
        if ask.interrupted:
            raise KeyboardInterrupt
        return beginning

    def after(self, kept: Recording, summary: Summary) -> None:
        """Ask how it was and write the answers down; ask one more question after a week without a session."""
        if not self._asked or self._signalled or kept.written is None or not self._worth_asking(summary):
            return
        felt = self._goes_on.after if self._goes_on else Felt()
        missed = felt == Felt() and self._past.missed_a_week and questions.has_plan()
        with Asker(self._sounding, self._clock) as ask:
            ask.show("")
            ask.introduce(self._say("ask.keys"))
            for question, answer in self._answers(ask, Known(moment=AskedWhen.AFTER, barrier=missed)):
                if answer is None:
                    continue
                if question is COMMENT:
                    _add(kept, str(answer))
                elif isinstance(answer, Barrier):
                    _add(kept, self._say("barrier.note", what=self._say.part(f"barrier.{answer}.what")))
                    ask.tell(self._say(f"barrier.{answer}.tip"))
                else:
                    changed: dict[str, Any] = {_FELT[question.id]: answer}
                    felt = replace(felt, **changed)
                    kept.say(replace(kept.written, after=felt))

    def _worth_asking(self, summary: Summary) -> bool:
        """Tell whether enough was done, now or before an interruption that was never asked about."""
        before = self._goes_on
        unanswered = before is not None and before.after == Felt() and questions.worth_asking(before.sets)
        return unanswered or questions.worth_asking(summary.results)

    def _answers(self, ask: Asker, known: Known, **names: str) -> Iterator[tuple[Question, object | None]]:
        """Ask one question after the other, with its answer: None when it is skipped."""
        while question := next_question(known, self._clock.moment()):
            answer = ask.answer(question, self._say(question.phrase, **names))
            known = known.and_asked(question, answer)
            yield question, answer

    def _red(
        self,
        ask: Asker,
        red: questions.Red,
        beginning: Beginning,
        wanted: PreparedSession,
        calm: Routine | None,
        known: Known,
    ) -> Beginning:
        """Give advice, which cannot be skipped, then offer the calm routine."""
        emergency = safety.load().emergency
        signs = [f"* {point}" for point in emergency.points]
        ask.show("", f"{emergency.title}, with any of these:", *signs, "")
        ask.tell(*(self._say(f"red.{name}") for name in (red, "advice", "emergency", "more")))
        if calm is None or calm.id == wanted.routine:
            return beginning
        known = replace(known, calm=True)
        for _, as_wanted in self._answers(ask, known, name=calm.name, wanted=wanted.name):
            beginning = replace(beginning, calm="" if as_wanted else calm.id, leaves=ask.left)
        return beginning


def _add(kept: Recording, comment: str) -> None:
    """Add to what was said of a session."""
    if kept.written is not None:
        kept.say(replace(kept.written, comment=f"{kept.written.comment} {comment}".strip()))
