"""One set: the layout with the fullest words that leave room for counts, and for silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from voicecoach.language.phrases import Phrases
from voicecoach.timeline.layout import SetLayout, lay_out
from voicecoach.timeline.segment import Segment, Sound, Speech
from voicecoach.timeline.steps import Work
from voicecoach.timeline.wording import Wording

MOST_WORDS = 0.5
"""Share of a set that stays below this with all that is said on beats. [own choice]"""


def work_segment(
    index: int, step: Work, speech: Speech, sounds: Mapping[Sound, int], phrases: Phrases
) -> Segment:
    """Compile one set; see :func:`voicecoach.timeline.compile.compile_step`.

    Phases are called by their full words where that leaves room for counts and calls and most of the set
    silent; else by fewer and shorter ones, see :class:`Wording`.

    What comes before the first rep is settled as if all went at its tempo: one can go over to another tempo
    at any rep, and the reps before that do not move.
    """

    def filled(work: Work, before: tuple[str, ...]) -> SetLayout:
        tries = (SetLayout(work, speech, sounds, phrases, wording, before) for wording in Wording)
        return _best(map(lay_out, tries))

    even = replace(step, tempo=step.tempo[:1] * step.reps)
    layout = filled(even, ())
    while step.ordinal == 0 and (unsaid := layout.always_unsaid()):
        layout = filled(even, (*layout.before, *unsaid))
    if step != even:
        layout = filled(step, layout.before)
    return layout.done(index)


def _best(tries: Iterator[SetLayout]) -> SetLayout:
    """The first that loses nothing and is mostly silent; else the one that comes nearest to it."""
    seen = []
    for work in tries:
        if not work.losses() and work.speech_share() < MOST_WORDS:
            return work
        seen.append(work)
    return min(seen, key=lambda work: (work.losses(), work.speech_share()))
