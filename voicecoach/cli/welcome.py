"""Welcomes the person once: the safety notice, the signs of an emergency, who they are, the sound."""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass, replace
from datetime import datetime

from voicecoach import cli
from voicecoach.app import compose
from voicecoach.cli import sound_check
from voicecoach.cli.introduction import Introduction, placed
from voicecoach.cli.notices import to_stderr
from voicecoach.cli.one_key import BACK, NEW_HERE, Asker
from voicecoach.cli.spoken_answers import Hearing
from voicecoach.errors import Declined, UsageError
from voicecoach.language import phrases
from voicecoach.language.phrases import Phrases
from voicecoach.routine.region import Region
from voicecoach.settings import profile_file, safety
from voicecoach.settings.profile_file import OwnProfile
from voicecoach.settings.safety import SafetyText
from voicecoach.settings.table import SessionSettings
from voicecoach.training.next_question import QuestionNumber, next_question, number_of
from voicecoach.training.questions import EMERGENCY, NOTICE, PERSON, THINGS, WELCOME, AskedWhen, Known

_IDS = tuple(each.id for each in WELCOME)


@dataclass(frozen=True, slots=True)
class Welcome:
    """How the person was welcomed."""

    known: Known
    """What is known now."""
    chosen: SessionSettings
    """The settings, as the sound check left them."""
    introduced: bool = False
    """Whether they said more about themselves, as the profile has it now."""
    at_once: bool = False
    """Whether they skipped all further questions, to begin."""
    caught_up: bool = False
    """Whether they were asked what was left open after the last session, and may have put it off again."""
    hearing: Hearing | None = None
    """What hears them; None where nothing does."""


def answered(region: Region) -> dict[str, datetime]:
    """Return what of :data:`WELCOME` was answered before, for a session for ``region``."""
    version, now = safety.load().version, cli.clock.moment()
    signs = safety.without_signs(version, region=region)
    known = {NOTICE.id: safety.accepted(version), EMERGENCY.id: signs}
    return {name: now for name, is_known in known.items() if is_known}


def welcomed(
    chosen: SessionSettings,
    known: Known,
    *,
    unasked: bool,
    curious: bool = True,
    by: str = "",
    hearing: Hearing | None = None,
) -> Welcome | None:
    """Return how the person was welcomed, once the notice is accepted; None when there is an emergency.

    ``known`` holds earlier answers. ``unasked`` accepts the notice and asks nothing; nobody but the
    ``curious`` asks more than the notice and the signs. The notice names the clinician that the routine is
    ``by``. Where there is a ``hearing``, answers can be said as well. Without a terminal nothing is asked of
    somebody who accepted an earlier notice. Raises Declined when the notice is declined or the question is
    left, KeyboardInterrupt after a signal, and UsageError when nobody is at a terminal to accept the first
    one.
    """
    text, now = safety.load(region=known.region), cli.clock.moment()
    others = {name: at for name, at in known.answered.items() if name not in _IDS}
    known = replace(known, answered={**others, **answered(known.region)})
    welcome = replace(known, first=True, answered={**known.answered, **dict.fromkeys(_IDS, now)})
    if unasked:
        if not safety.accepted(text.version):
            safety.accept(text.version, now, to_stderr)
        return Welcome(welcome, chosen, hearing=hearing)
    if next_question(known, now) not in WELCOME:
        return Welcome(replace(welcome, first=False), chosen, hearing=hearing)
    if not sys.stdin.isatty():
        if safety.accepted(text.version) or safety.accepted_before(text.version):
            return Welcome(welcome, chosen, hearing=hearing)
        notice = " ".join(text.notice_of(by))
        raise UsageError(
            f"{notice}\n\nAccept this before the first session: play in a terminal, where you are asked,"
            " or add '--yes'."
        )
    say = phrases.load(chosen.language)
    sounding = compose.sounding(chosen, music=False)
    with Asker(sounding, cli.clock, patience=math.inf, hearing=hearing) as ask:
        if NOTICE.id not in known.answered:
            accept(ask, text, by)
            safety.accept(text.version, cli.clock.moment(), to_stderr)
        if EMERGENCY.id not in known.answered:
            if has_signs(ask, text, say):
                return None
            safety.rule_out_signs(text.version, cli.clock.moment(), to_stderr, known.region)
        ask.patience = NEW_HERE
        found = Welcome(welcome, chosen, hearing=hearing)
        found = _introduced(ask, found, say) if curious else found
    if ask.interrupted:
        raise KeyboardInterrupt
    return _heard(found, len(found.known.person)) if curious and ask.heard and not ask.left else found


def welcomed_to(region: Region, welcome: Welcome) -> Welcome | None:
    """Return ``welcome`` as one to a session for ``region``, whose signs are asked about if that is new.

    None when there is an emergency. Raises what :func:`welcomed` raises.
    """
    if welcome.known.region is region:
        return welcome
    known = Known(moment=AskedWhen.BEFORE, region=region)
    if welcomed(welcome.chosen, known, unasked=False, curious=False, hearing=welcome.hearing) is None:
        return None
    return replace(welcome, known=replace(welcome.known, region=region))


def _introduced(ask: Asker, welcome: Welcome, say: Phrases) -> Welcome:
    """Ask the person about themselves, with the sound check to come as one question more.

    Raises Declined for leaving before what their safety depends on was asked.
    """
    now = cli.clock.moment()
    about = Introduction(profile_file.load() or OwnProfile(), now.date(), say)
    known = replace(welcome.known, person=about.due(first=True, region=welcome.known.region))
    while (question := next_question(known, now)) in PERSON:
        assert question is not None
        about.prepare(ask, question, known)
        at, sentence = number_of(question, known, now, PERSON), about.sentence(question)
        at = at._replace(of=at.of + ask.heard)
        shown, listed = placed(sentence, at, say), about.listed(question)
        answer = ask.answer(question, sentence, shown=shown, listed=listed, goes_back=True)
        if answer == BACK:
            known = known.without_last(PERSON)
            continue
        if ask.left and question is not THINGS:
            raise Declined(say("person.left"))
        known = known.and_asked(question, answer)
    return replace(welcome, known=known, introduced=about.keep(ask, known), at_once=ask.left)


def _heard(welcome: Welcome, asked: int) -> Welcome:
    """Check the sound, after so many questions."""
    at = QuestionNumber(asked + 1, asked + 1)
    chosen, left = sound_check.checked(welcome.chosen, cli.clock, at, welcome.hearing)
    return replace(welcome, chosen=chosen, at_once=left)


def accept(ask: Asker, text: SafetyText, by: str = "") -> None:
    """Speak the notice until there is an answer; the routine is ``by`` a clinician, or by nobody.

    Raises Declined when it is declined.
    """
    ask.show("")
    ask.introduce(*text.notice_of(by))
    ask.show("")
    understood = None
    while understood is None and not ask.over:  # Enter alone accepts nothing
        understood = ask.answer(NOTICE, text.ask)
    if not understood:
        if ask.interrupted:
            raise KeyboardInterrupt
        raise Declined("You did not accept the notice, so nothing is played.")


def has_signs(ask: Asker, text: SafetyText, say: Phrases, *, briefly: bool = False) -> bool:
    """Name the signs of an emergency until there is an answer; say what to do when there are any.

    ``briefly`` names the most important ones, for somebody who has seen them all. Raises Declined when the
    person leaves without an answer.
    """
    ask.show("")
    if not briefly:
        ask.introduce(say("emergency.signs"))
        ask.introduce(*text.emergency.points, mark="* ")
    found = None
    while found is None and not ask.over:
        found = ask.answer(EMERGENCY, say(f"region.{text.region}.briefly" if briefly else EMERGENCY.phrase))
    if ask.interrupted:
        raise KeyboardInterrupt
    if found is None:
        raise Declined("This question needs an answer, so nothing begins. It is asked again next time.")
    if found:
        ask.tell(say("emergency.go"))
    return bool(found)
