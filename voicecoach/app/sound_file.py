"""What the sound file of a session tells of itself."""

from __future__ import annotations

from collections import Counter

from voicecoach.app.prepare import PreparedSession
from voicecoach.language import phrases
from voicecoach.language.dates import counted
from voicecoach.render import chapters
from voicecoach.render.about import About
from voicecoach.render.cover import Portrait, cover, portrait
from voicecoach.routine.model import Exercise
from voicecoach.timeline.segment import Score
from voicecoach.units import seconds, whole_minutes


def about(session: PreparedSession, score: Score, language: str) -> About:
    """Return the tags of ``session``, which was compiled to ``score``."""
    routine, say = session.played.routine if session.played else None, phrases.load(language)
    length = counted(whole_minutes(seconds(score.frames)), "minute", say)
    return About(
        title=session.name,
        description=" ".join(routine.about.split()) if routine else "",
        language=language,
        chapters=chapters.sets(score, say),
        cover=cover(session.name, length, _main_figure(score)),
    )


def _main_figure(score: Score) -> Portrait | None:
    """Return the figure of the exercise that is done longest, of those that have one."""
    exercises: dict[str, Exercise] = {}
    longest: Counter[str] = Counter()
    for segment in score.segments:
        if segment.work and segment.work.exercise.figure:
            exercises.setdefault(segment.work.exercise.key, segment.work.exercise)
            longest[segment.work.exercise.key] += segment.expected
    return next((portrait(exercises[key]) for key, _ in longest.most_common(1)), None)
