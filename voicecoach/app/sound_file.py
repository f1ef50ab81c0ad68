"""What the sound file of a session tells of itself."""

from __future__ import annotations

from voicecoach.app.prepare import PreparedSession
from voicecoach.language import phrases
from voicecoach.render import chapters
from voicecoach.render.about import About
from voicecoach.timeline.segment import Score


def about(session: PreparedSession, score: Score, language: str) -> About:
    """Return the tags of ``session``, which was compiled to ``score``."""
    routine = session.played.routine if session.played else None
    return About(
        title=session.name,
        description=" ".join(routine.about.split()) if routine else "",
        language=language,
        chapters=chapters.sets(score, phrases.load(language)),
    )
