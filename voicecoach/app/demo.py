"""The demonstration: a set of each side, for somebody who only looks and listens.

It has no introduction, as nobody exercises: no safety rules, no way to the floor, nothing explained.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from voicecoach import paths
from voicecoach.app import prepare
from voicecoach.app.director import VariationSource
from voicecoach.app.prepare import PreparedSession
from voicecoach.language import phrases
from voicecoach.routine.profile import Profile
from voicecoach.settings.table import SessionSettings
from voicecoach.timeline.expand import expand
from voicecoach.timeline.steps import Briefing, Intro, Outro, SayStep

_ROUTINE: Final = ("routines", "demo", "arm-raise.yaml")


def demonstration(chosen: SessionSettings) -> PreparedSession:
    """Prepare the demonstration, which goes at its own speed and says everything."""
    shelf, say = prepare.library(chosen.language), phrases.load(chosen.language)
    routine = shelf.load(paths.shipped(*_ROUTINE))
    settings = replace(prepare.coached(SessionSettings()), language=chosen.language)
    first, *steps = (
        step for step in expand(routine, settings) if not isinstance(step, (Intro, Briefing, Outro))
    )
    hello, bye = (
        SayStep(block=0, title=routine.name, text=say(f"demo.{key}"), after_work=False)
        for key in ("hello", "bye")
    )
    return PreparedSession(
        routine.name, (first, hello, *steps, bye), VariationSource(shelf, Profile(), settings)
    )
