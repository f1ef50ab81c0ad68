"""Puts a session on a page: compiled for a page, encoded, with the replies and questions that it may need."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import partial
from typing import Final

from voicecoach.app import page_questions, prepare
from voicecoach.app.compose import MOST_WORKERS, Sounding, Studio
from voicecoach.app.journal import Notice
from voicecoach.app.prepare import PreparedSession
from voicecoach.app.shelf import exercise_names, sheet_of
from voicecoach.journal.records import Session
from voicecoach.language import phrases
from voicecoach.pages import player
from voicecoach.pages.player import PlayerPage
from voicecoach.pages.player_places import LeftStep, Sentence
from voicecoach.pages.sheet import no_pictures
from voicecoach.pages.stills import stills
from voicecoach.session.edits import hurt_at, shortened
from voicecoach.session.listener import Script
from voicecoach.session.revision import Refused
from voicecoach.settings import safety
from voicecoach.timeline.compile import reply_segment
from voicecoach.timeline.medium import Medium
from voicecoach.timeline.saved_plan import SavedPlan
from voicecoach.timeline.segment import Score, Segment, SegmentKind, Speak
from voicecoach.timeline.speech_track import Kit
from voicecoach.timeline.steps import AnyStep, Hurt
from voicecoach.units import frames, seconds, whole_minutes

GAP: Final[int] = frames(0.3)
"""Frames between the sentences of the second sound, as a browser does not stop on the frame [own choice]."""
_EDGE: Final[int] = frames(0.1)
"""Frames of that quiet which belong to each sentence: it is heard a little later where the rate is low."""
LARGEST: Final = 9_000
"""Bytes of a page for each second of its session, at most."""
_RATES: Final = (48, 40, 32)
"""Kilobits a second of the sound, the best first: the page of a short session has little room beside it."""
_REPLY_RATE: Final = 24
"""Kilobits a second of the replies, which few people hear [own choice]."""


def page_of(
    session: PreparedSession,
    sounding: Sounding,
    notice: Notice,
    day: date,
    progress: Callable[[float], None] = lambda _: None,
    *,
    drawn: bool = True,
    workers: int = MOST_WORKERS,
) -> str:
    """Return a page, as HTML, that plays ``session``, prepared for ``Medium.PAGE``, in a browser.

    ``progress`` is told the share that is done, from 0 to 1. ``day`` is the one on which it is made,
    ``drawn`` whether its sheet has pictures, and ``workers`` for :class:`Studio`. The same session makes the
    same page. Raises VoiceUnavailable when a voice is wanted and there is none, and FileError for music that
    cannot be played.
    """
    from voicecoach.render import mp3, sinks  # noqa: PLC0415 - numpy loads with these

    # Somebody may leave out a part on the way, so the end tells no length.
    steps = shortened(session.steps)
    with Studio(replace(sounding, medium=Medium.PAGE), notice, patient=True, workers=workers) as studio:
        studio.prepare(steps, lambda share: progress(share / 2))
        score = studio.compile(steps)
        ways, replies = left(steps, studio.kit)
        studio.narrator.rest()
        studio.require_voice("no page is made", "make")
        said = sinks.blocks(Score((replies,)), studio.mixer(patient=True, levels=sounding.levels))
        contents = replace(
            player_of(session, score, steps, sounding.language, day, drawn=drawn),
            left=ways,
            delay=mp3.DELAY,
            reply_sound=b"".join(mp3.encoded(said, _REPLY_RATE)),
        )
        heard = sinks.blocks(score, studio.mixer(patient=True), lambda share: progress(0.5 + share / 2))
        sound = b"".join(mp3.encoded(heard, _rate(contents, score)))
    return player.page(replace(contents, sound=sound))


def _rate(contents: PlayerPage, score: Score) -> int:
    """Return the best rate with which the page is small enough."""
    room = LARGEST * seconds(score.frames) - len(player.page(contents).encode())
    fitting = (rate for rate in _RATES if player.length_of_sound(rate, seconds(score.frames)) <= room)
    return next(fitting, _RATES[-1])


def player_of(
    session: PreparedSession,
    score: Score,
    steps: tuple[AnyStep, ...],
    language: str,
    day: date,
    *,
    drawn: bool,
) -> PlayerPage:
    """Return the contents of the page, without sounds."""
    assert session.played is not None
    say, found, written = phrases.load(language), _session(session, steps, score, day), session.played.written
    minutes = whole_minutes(seconds(score.expected))
    names = {each.key: each.name for each in written.exercises}
    return PlayerPage(
        script=Script(steps, score.segments),
        score=score,
        session=found,
        safety=safety.load(region=session.region),
        sheet=sheet_of(session.played, minutes, language, day, exercise_names(prepare.library(language))),
        pictures=partial(stills, say=say, style="") if drawn else no_pictures,
        say=say,
        questions=page_questions.questions(found, names, session.region.calm, say),
    )


def left(steps: tuple[AnyStep, ...], kit: Kit) -> tuple[list[LeftStep | None], Segment]:
    """Return how each step is left when it hurts, and a segment in which each sentence for that is said once.

    None stands where nothing was done yet that could hurt.
    """
    said: dict[str, Speak] = {}
    at: int = GAP

    def reply(stop: Hurt) -> tuple[Sentence, ...]:
        nonlocal at
        clips, segment = list[Sentence](), reply_segment(0, stop, kit)
        spoken = [each for each in segment.events if isinstance(each, Speak)]
        after = [*(each.frame for each in spoken[1:]), segment.frames]
        for each, then in zip(spoken, after, strict=True):
            clip = said.setdefault(each.text, replace(each, frame=at))
            at = max(at, clip.end + GAP)
            pause = max(then - each.end, 0)
            clips.append(Sentence(clip.frame - _EDGE, clip.end + _EDGE, pause, each.text))
        return tuple(clips)

    def of_step(index: int) -> LeftStep | None:
        try:
            stop, onward = hurt_at(steps, index)
        except Refused:
            return None
        return LeftStep(stop.exercise.key, reply(stop), onward if stop.goes_on else len(steps) - 1)

    found = [of_step(index) for index in range(len(steps))]
    return found, Segment(0, SegmentKind.SAY, "", 0, at, tuple(said.values()))


def _session(session: PreparedSession, steps: tuple[AnyStep, ...], score: Score, day: date) -> Session:
    """Return the session as the journal would have it, of which nothing is done yet."""
    return Session(
        id=0,
        routine=session.routine,
        version=session.version,
        started=datetime.combine(day, time(), UTC),
        day=day,
        planned=seconds(score.expected),
        sets_planned=SavedPlan(steps=steps).sets,
        as_written=session.as_written,
        region=session.region,
        decisions=session.decisions,
        instructions=session.instructions,
    )
