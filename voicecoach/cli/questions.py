"""What is asked before and after a session, and what is done with the answers."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from typing import Final

from voicecoach.app import compose, prepare, questions
from voicecoach.app.prepare import PreparedSession
from voicecoach.app.record import Recording
from voicecoach.cli.notices import to_stderr
from voicecoach.cli.one_key import Asker
from voicecoach.clock import today
from voicecoach.journal.records import Before, Felt, Leg, Session
from voicecoach.language import phrases
from voicecoach.routine.model import Routine
from voicecoach.session.listener import Ending, Summary
from voicecoach.settings import safety
from voicecoach.settings.table import SessionSettings

WANTED: Final = "w"
"""The key for the routine that was asked for, on a red day."""
_FORM: Final = {"g": True, "l": False}
_NOTHING: Final = Before()


@dataclass(frozen=True, slots=True)
class Beginning:
    """How a session begins after the questions."""

    before: Before = _NOTHING
    calm: str = ""
    """The routine to do instead; empty when it is the wanted one."""
    leaves: bool = False
    """Whether the person would rather do nothing."""

    @property
    def said(self) -> bool:
        """Whether anything was answered."""
        return self.before != _NOTHING


class Questions:
    """Those of one session; of one that ``goes_on``, what it is like now, and afterwards all of it.

    ``asked`` is whether anything is asked at all.
    """

    def __init__(self, chosen: SessionSettings, *, asked: bool, goes_on: Session | None = None) -> None:
        day = today().date()
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
        """The session was ended by a signal: whoever sent it wants no questions."""
        self._signalled = True

    def before(self, wanted: PreparedSession, *, as_written: bool) -> Beginning:
        """Ask how it is; on a red day give advice, and offer the calm routine instead of ``wanted``.

        Raises KeyboardInterrupt when a signal or Ctrl-C ends the program.
        """
        if not self._asked:
            return Beginning()
        with Asker(self._sounding) as ask:
            beginning = self._how_it_is(ask)
            if red := self._past.red(beginning.before):
                ask.reopen()
                beginning = self._red(
                    ask,
                    red,
                    beginning.before,
                    wanted,
                    questions.calm_for(prepare.profile(as_written=as_written)),
                )
        if ask.interrupted:
            raise KeyboardInterrupt
        return beginning

    def after(self, kept: Recording, summary: Summary) -> None:
        """Ask how it was, and write the answers down; one more question follows a week without a session."""
        if not self._asked or self._signalled or kept.written is None or not self._worth_asking(summary):
            return
        felt = self._goes_on.after if self._goes_on else Felt()
        answered_before = felt != Felt()
        with Asker(self._sounding) as ask:
            ask.show("")
            ask.introduce(self._say("ask.keys"))
            worst, effort = ask.number(self._say("ask.worst")), ask.number(self._say("ask.effort"))
            form = _FORM.get(ask.key(self._say("ask.form"), _FORM))
            felt = Felt(
                worst_pain=felt.worst_pain if worst is None else worst,
                effort=felt.effort if effort is None else effort,
                leg=felt.leg,
                form_ok=felt.form_ok if form is None else form,
            )
            kept.say(replace(kept.written, after=felt))
            if not answered_before:
                self._barrier(ask, kept)
            if comment := ask.line(self._say("ask.comment")).strip():
                _add(kept, comment)

    def _worth_asking(self, summary: Summary) -> bool:
        """Whether enough was done, now or before the interruption, after which nobody answered."""
        if questions.worth_asking(summary) or self._goes_on is None:
            return questions.worth_asking(summary)
        return self._goes_on.after == Felt() and any(
            each.ending in {Ending.DONE, Ending.HURT} for each in self._goes_on.sets
        )

    def _how_it_is(self, ask: Asker) -> Beginning:
        ask.introduce(self._say("ask.keys"))
        if self._goes_on is not None:  # the rest was asked when it began
            return Beginning(Before(pain=ask.number(self._say("ask.pain"))))
        if last := self._past.morning_of:
            morning = ask.number(self._say("ask.morning"))
            if morning is not None:
                questions.keep_morning(last, morning, to_stderr)
        pain = ask.number(self._say("ask.pain"))
        leg = ask.key(self._say("ask.leg"), [str(int(each)) for each in Leg])
        return Beginning(Before(pain=pain, leg=Leg(int(leg)) if leg else None))

    def _red(
        self,
        ask: Asker,
        red: questions.Red,
        said: Before,
        wanted: PreparedSession,
        calm: Routine | None,
    ) -> Beginning:
        """Advice, which has to be heard; then the calm routine, unless the person wants otherwise."""
        emergency = safety.load().sections[0]
        signs = [f"* {point}" for point in emergency.points]
        ask.show("", f"{emergency.title}, with any of these:", *signs, "")
        ask.tell(*(self._say(f"red.{name}") for name in (red, "advice", "emergency", "more")))
        if calm is None or calm.id == wanted.routine:
            return Beginning(said)
        answer = ask.key(self._say("red.instead", name=calm.name, wanted=wanted.name), (WANTED,))
        return Beginning(said, calm="" if answer == WANTED else calm.id, leaves=ask.left)

    def _barrier(self, ask: Asker, kept: Recording) -> None:
        if not (self._past.missed_a_week and questions.has_plan()):
            return
        barriers = {str(number): each for number, each in enumerate(questions.Barrier, start=1)}
        answer = ask.key(self._say("barrier.ask"), barriers)
        if answer:
            barrier = barriers[answer]
            _add(kept, self._say("barrier.note", what=self._say.part(f"barrier.{barrier}.what")))
            ask.tell(self._say(f"barrier.{barrier}.tip"))


def _add(kept: Recording, comment: str) -> None:
    """Add to what was said of a session."""
    if kept.written is not None:
        kept.say(replace(kept.written, comment=f"{kept.written.comment} {comment}".strip()))
