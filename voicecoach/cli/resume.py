"""``voicecoach resume``, and the offer of it when something is played after an interruption."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from voicecoach import cli
from voicecoach.app import compose, prepare, questions
from voicecoach.app import resume as resuming
from voicecoach.app.compose import Sounding
from voicecoach.app.prepare import PreparedSession
from voicecoach.app.region import usual
from voicecoach.app.resume import Interruption
from voicecoach.cli import options, page, program
from voicecoach.cli.hands_free import heard
from voicecoach.cli.notices import to_stderr
from voicecoach.cli.one_key import Asker
from voicecoach.cli.session_in_terminal import perform
from voicecoach.cli.spoken_answers import Hearing
from voicecoach.cli.welcome import answered
from voicecoach.errors import Declined, UsageError
from voicecoach.language import phrases
from voicecoach.language.phrases import Phrases
from voicecoach.settings.table import SessionSettings
from voicecoach.training.next_question import next_question
from voicecoach.training.questions import GO_ON, GO_ON_AFTER_PAIN, AskedWhen, Known, Onward
from voicecoach.voices.engines import SILENT


class Offered(NamedTuple):
    """What came of the offer to go on."""

    left: PreparedSession | None
    """What is left of the interrupted session, when it goes on; None when what was asked for begins."""
    routine: str
    """The routine that begins; empty for what the plan has for today."""
    known: Known
    """What is known after that, for the questions to come."""


@options.settings(
    *("language", "voice", "rate", "output", "delay"),
    *("listen", "microphone", "listen_model", "questions", "view"),
)
def resume(
    *,
    coaching: options.HowMuch = None,
    chosen: SessionSettings,
    journal: options.Journal = None,
    yes: options.Yes = False,
) -> None:
    """Go on with the session that was interrupted.

    It goes on at the set in which it ended, when that was less than twelve hours ago. With --no-journal it
    stays interrupted.
    """
    kept = resuming.unfinished(to_stderr, cli.clock.moment())
    if kept is None:
        if elsewhere := resuming.played_elsewhere(to_stderr, cli.clock.moment()):
            say = phrases.load(chosen.language)
            raise UsageError(say.part("go_on.now", **resuming.whereabouts(elsewhere)))
        raise UsageError(
            "No session was interrupted in the last twelve hours. 'voicecoach play ROUTINE' starts one."
        )
    left = resuming.session_resuming(kept, coaching, chosen, to_stderr, cli.clock.moment())
    if found := resuming.interruption(kept, left, to_stderr, cli.clock.moment(), chosen):
        say = phrases.load(chosen.language)
        page.show(say.part("go_on.going_on", **resuming.numbers(found, say)))
    with heard(chosen) as hearing:
        perform(left, chosen, coaching=coaching, journal=journal, yes=yes, hearing=hearing)


def offered(
    routine: str,
    coaching: options.HowMuch,
    chosen: SessionSettings,
    *,
    ask: bool,
    hearing: Hearing | None = None,
) -> Offered:
    """Offer to go on with the interrupted session, if there is one, before ``routine`` is played.

    ``routine`` is a name or a file, empty for what the plan has for today. Where nobody can be asked, or
    ``ask`` is false, they are told how to go on. With a ``hearing`` the choices are spoken, and can be said.
    Raises Declined when the person leaves, and what
    Library.load raises for a routine that cannot be played.
    """
    now = cli.clock.moment()
    found = resuming.interrupted(to_stderr, now, chosen, coaching)
    region = found.left.region if found else usual()
    known = Known(moment=AskedWhen.BEFORE, region=region, answered=answered(region))
    if found is None:
        return Offered(None, routine, known)
    if not routine and not questions.has_plan():
        routine = found.asked.name
    say = phrases.load(chosen.language)
    seen = ask and page.at_terminal()
    if not seen or next_question(replace(known, interrupted=True), now) is not GO_ON:
        to_stderr(say.part("go_on.told", name=found.name, what=_goes_on(found, say)))
        return Offered(None, routine, known)
    onward = _chosen(found, routine, chosen, hearing)
    left = found.left if onward is Onward.GO_ON else None
    return Offered(left, routine, known.and_asked(GO_ON, onward))


def _chosen(found: Interruption, routine: str, chosen: SessionSettings, hearing: Hearing | None) -> Onward:
    """Ask which of the three it shall be. Raises Declined for leaving."""
    say = phrases.load(chosen.language)
    question, was = (GO_ON_AFTER_PAIN, "after_pain") if found.painful else (GO_ON, "was")
    begins, answer = _begins(found, routine, say), None
    sounding = compose.sounding(chosen, music=False) if hearing else Sounding(SILENT)
    with Asker(sounding, cli.clock, hearing=hearing) as asker:
        asker.introduce(say.part(f"go_on.{was}", name=found.name))
        for key, what in (("g", _goes_on(found, say)), ("b", begins), ("q", say.part("go_on.leaves"))):
            asker.show(f"  {key}  {what}")
            asker.read_out(say("ask.one", key=key, name=what))
        while answer is None and not asker.over:
            answer = asker.answer(question, say(question.phrase, what=begins))
    if asker.interrupted:
        raise KeyboardInterrupt
    if answer is None and (asker.left or found.painful):
        until = f"{found.until.astimezone():%H:%M}"
        raise Declined(say.part("go_on.left", name=found.name, until=until, voicecoach=program.command()))
    return Onward.ANEW if answer is None else Onward(str(answer))


def _goes_on(found: Interruption, say: Phrases) -> str:
    """Say where the session goes on, and how much of it is left."""
    return say.part("go_on.goes_on", **resuming.numbers(found, say))


def _begins(found: Interruption, routine: str, say: Phrases) -> str:
    """Say what begins instead."""
    if not routine:
        return say.part("go_on.plan")
    if resuming.known_as(routine) == found.asked.name:
        return say.part("go_on.anew", name=found.name)
    return say.part("go_on.other", name=prepare.library().load(routine).name)
