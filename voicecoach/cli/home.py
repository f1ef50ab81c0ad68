"""``voicecoach`` alone, in a terminal: what to do now, a key each."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from typing import Final

from voicecoach import cli
from voicecoach.app import compose
from voicecoach.app import home as homepage
from voicecoach.app.compose import Sounding
from voicecoach.app.home import Choice, Deed, Home
from voicecoach.app.prepare import PreparedSession
from voicecoach.cli import options, page
from voicecoach.cli.hands_free import heard
from voicecoach.cli.notices import to_stderr
from voicecoach.cli.one_key import SKIP, Asker
from voicecoach.cli.questions import Questions
from voicecoach.cli.session_in_terminal import perform_welcomed, session_today
from voicecoach.cli.spoken_answers import Hearing
from voicecoach.cli.welcome import Welcome, welcomed, welcomed_to
from voicecoach.control.others import resume_left_over
from voicecoach.errors import Declined
from voicecoach.language import phrases
from voicecoach.settings.table import SessionSettings
from voicecoach.training.questions import GO_ON, AskedWhen, Known, Onward
from voicecoach.voices.engines import SILENT

PATIENCE: Final = 600.0
"""Seconds without a key after which it is left, as nothing may begin on its own [own choice]."""


@options.settings(*options.ALL)
def home(*, chosen: SessionSettings) -> None:
    """Show what to do now, a key each: the same as 'voicecoach' alone."""
    with heard(chosen) if page.at_terminal() else nullcontext() as hearing:
        open_home(chosen, hearing)


def open_home(chosen: SessionSettings, hearing: Hearing | None = None) -> None:
    """Welcome who is new, and do what the person chooses; without a terminal, only show the choices.

    With a ``hearing`` the choices are spoken, and can be said.

    Raises Declined when they leave or there is an emergency, and what playing raises.
    """
    if not page.at_terminal():
        shown = homepage.home(to_stderr, cli.clock.moment(), chosen)
        for line in (*shown.lines, *(choice.shown for choice in shown.choices if choice.routine)):
            page.show(line)
        return
    resume_left_over(page.show, cli.clock)
    known = Known(moment=AskedWhen.BEFORE, region=homepage.region(to_stderr, cli.clock.moment()))
    welcome = welcomed(chosen, known, unasked=False, curious=chosen.questions, hearing=hearing)
    if welcome is None:
        raise Declined
    if welcome.at_once:
        _play(homepage.TRY, welcome)
        return
    asking = Questions(welcome.chosen, cli.clock, asked=welcome.chosen.questions, hearing=hearing)
    asking.left_open()
    welcome = replace(welcome, caught_up=True)
    done = False
    while not done:
        done = _done(homepage.home(to_stderr, cli.clock.moment(), welcome.chosen), welcome)


def _done(shown: Home, welcome: Welcome) -> bool:
    """Do what the person chooses; False when there is more to choose after it."""
    choice = _chosen(shown, welcome.chosen, welcome.hearing)
    match choice.deed:
        case Deed.GO_ON:
            assert shown.interruption is not None
            known = welcome.known.and_asked(GO_ON, Onward.GO_ON)
            _perform(shown.interruption.left, replace(welcome, known=known))
        case Deed.PLAN:
            from voicecoach.cli import plan_new  # noqa: PLC0415 - only who has none

            plan_new.show_or_make(at_home=True)
            return False
        case Deed.ALL:
            from voicecoach.cli import chooser  # noqa: PLC0415 - Textual may load with it

            routine = chooser.choose(shown)
            if routine is None:
                return False
            _play(routine, welcome)
        case Deed.PLAY:
            _play(choice.routine, welcome)
    return True


def _chosen(shown: Home, chosen: SessionSettings, hearing: Hearing | None) -> Choice:
    """Show the choices and return the one that is taken. Raises Declined."""
    say = phrases.load(chosen.language)
    keys = [str(number) for number, _ in enumerate(shown.choices, 1)]
    sounding = compose.sounding(chosen, music=False) if hearing else Sounding(SILENT)
    with Asker(sounding, cli.clock, patience=PATIENCE, hearing=hearing) as ask:
        ask.show("", *shown.lines, "")
        for key, choice in zip(keys, shown.choices, strict=True):
            ask.show(f"{'>' if key == _first(shown) else ' '} {key}  {choice.shown}", hang=5)
            ask.read_out(say("ask.one", key=say.number(int(key)), name=choice.shown))
        ask.show(f"  q  {say.part('home.leave')}", "")
        asked = say("home.first", key=_first(shown)) if _first(shown) else say("home.choose")
        key = ""
        while not (key or ask.over):
            key = ask.key(asked, (*keys, *([SKIP] if _first(shown) else [])))
    if ask.interrupted:
        raise KeyboardInterrupt
    if not key:
        raise Declined
    return shown.choices[keys.index(_first(shown) if key == SKIP else key)]


def _first(shown: Home) -> str:
    """Return the key of the choice that Enter takes; empty when it takes none."""
    return "" if shown.first is None else str(shown.first + 1)


def _play(routine: str, welcome: Welcome) -> None:
    _perform(session_today(routine, welcome.chosen, as_written=False), welcome)


def _perform(session: PreparedSession, welcome: Welcome) -> None:
    """Play a session. Raises Declined when there is an emergency, too."""
    found = welcomed_to(session.region, welcome)
    if found is None:
        raise Declined
    perform_welcomed(session, found)
