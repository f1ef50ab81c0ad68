"""Puts together everything that turns steps into sound."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from voicecoach import paths
from voicecoach.app.director import SessionDirector
from voicecoach.app.estimates import estimates, sound_lengths
from voicecoach.app.journal import Notice
from voicecoach.app.prepare import PreparedSession
from voicecoach.audio import outputs
from voicecoach.clock import Clock
from voicecoach.errors import VoiceFailed, VoiceUnavailable
from voicecoach.language import phrases
from voicecoach.language.speech_length import DEFAULT_WPM, EstimatedSpeech
from voicecoach.session import audibility
from voicecoach.session.commands import WARY
from voicecoach.session.levels import Levels
from voicecoach.session.listener import Listener
from voicecoach.settings.table import SessionSettings
from voicecoach.timeline.compile import compile_all, compile_step
from voicecoach.timeline.gaps import GapsAround, gaps
from voicecoach.timeline.medium import Medium
from voicecoach.timeline.segment import Score, Segment
from voicecoach.timeline.speech_track import Kit
from voicecoach.timeline.steps import AnyStep, Outro
from voicecoach.voices.engines import SILENT, Lack, chain, lack

if TYPE_CHECKING:
    from voicecoach.audio.mixer import SessionMixer
    from voicecoach.audio.pcm import Samples
    from voicecoach.render.about import About
    from voicecoach.session.player import Player
    from voicecoach.session.ports import Output
    from voicecoach.voices.narrator import Narrator

MOST_WORKERS = 4
"""Speech workers that render a session at a time, as each holds a model in memory [own choice]."""


@dataclass(frozen=True, slots=True)
class Sounding:
    """How a session sounds: which voice at what pace, where to, how loud."""

    voice: str = "auto"
    rate: int = DEFAULT_WPM
    """Words a minute."""
    output: str = "auto"
    levels: Levels = field(default_factory=Levels)
    language: str = phrases.ENGLISH
    music: Path | None = None
    """A file or folder of the person's own, to play under the session."""
    medium: Medium = Medium.LIVE


def sounding(chosen: SessionSettings, *, music: bool = True) -> Sounding:
    """Return how a session sounds by the person's settings; a remark needs no music."""
    levels = Levels(chosen.voice_volume, chosen.sound_volume, chosen.music_volume)
    return Sounding(
        chosen.voice, chosen.rate, chosen.output, levels, chosen.language, chosen.music if music else None
    )


class _NotingSpeech(EstimatedSpeech):
    """Estimates how long words last, as if there were a voice, and collects the words."""

    audible = True

    def __init__(self, wpm: int) -> None:
        super().__init__(wpm)
        self.texts: list[str] = []

    def measure(self, text: str) -> int:
        self.texts.append(text)
        return super().measure(text)


class Studio:
    """A voice, the earcons and the phrases: everything that turns steps into sound."""

    def __init__(
        self,
        sounding: Sounding,
        notice: Notice,
        clock: Clock | None = None,
        *,
        patient: bool = False,
        workers: int = MOST_WORKERS,
    ) -> None:
        """With a ``clock`` the output of :meth:`player` opens while the voice is being loaded.

        ``notice`` is told what is amiss. The ``patient`` wait for a voice that is slow, and are not told that
        there is none: :attr:`lack` says so. A session is rendered by so many ``workers`` at most.

        Raises UnknownName and VoiceUnavailable for a voice that is not available.
        """
        from voicecoach.audio.loudspeaker import open_output  # noqa: PLC0415 - numpy loads with these
        from voicecoach.voices.cache import SpeechCache  # noqa: PLC0415

        self.sounding = sounding
        self._tell = notice
        self._workers = min(os.cpu_count() or 1, workers)
        engines = chain(sounding.voice, sounding.language)
        self._output = open_output(sounding.output, clock) if clock else None
        """What the next player plays on, which opens already."""
        self._played: Output[Samples] | None = None
        """What the last player plays on."""
        self._attend: Callable[[Output[Samples]], None] | None = None
        from voicecoach.voices.narrator import Narrator  # noqa: PLC0415 - while it opens

        cache = SpeechCache(paths.speech_cache(), self._tell)
        self.narrator: Narrator = Narrator(engines, cache, self._tell, wpm=sounding.rate, patient=patient)
        self.kit = Kit(
            self.narrator, sound_lengths(), phrases.load(sounding.language), medium=sounding.medium
        )
        self._lack = lack(sounding.voice, sounding.language)
        if self._lack and not patient:
            self._tell(f"{self._lack.why}: what the coach says is only shown. {self._lack.remedy}")
        self._to_close: list[Callable[[], None]] = [self.narrator.close]

    @property
    def is_silent(self) -> bool:
        """Whether the last player had no sound in the end."""
        return self._played is not None and self._played.name == outputs.SILENT

    @property
    def lack(self) -> Lack | None:
        """Why there was no voice for something; None when all was said, or nothing was to be."""
        if self.narrator.audible or not self.narrator.unsaid:
            return None
        return self.narrator.failure or self._lack

    def require_voice(self, what_not: str, do: str) -> None:
        """Raise VoiceUnavailable when a voice was wanted and there was none for something.

        ``what_not`` says what does not happen then, and ``do`` what may be done without words.
        """
        if lack := self.lack:
            silently = f"To {do} it without words, add --voice {SILENT}."
            raise VoiceUnavailable(f"{lack.why}, so {what_not}. {silently} {lack.remedy}")

    def prepare(self, steps: tuple[AnyStep, ...], progress: Callable[[float], None]) -> None:
        """Render what ``steps`` are likely to say, with a speech worker a core; compiling renders the rest.

        ``progress`` is told the share that is done, 0 to 1.
        """
        wanted = _NotingSpeech(self.sounding.rate)
        compile_all(steps, replace(self.kit, speech=wanted))
        self.narrator.prepare(wanted.texts, self._workers, progress)

    def compile(self, steps: tuple[AnyStep, ...]) -> Score:
        """Compile the whole session, with every sentence rendered."""
        return compile_all(steps, self.kit)

    def mixer(self, *, patient: bool = False, levels: Levels | None = None) -> SessionMixer:
        """A mixer for segments that were compiled here; a ``patient`` one waits for music that is late.

        One with other ``levels`` is for a remark, and has no music.

        Raises FileError when there should be music and none can be played.
        """
        from voicecoach.audio.mixer import SessionMixer  # noqa: PLC0415 - numpy loads with it

        music = None
        if self.sounding.music is not None and levels is None:
            from voicecoach.audio.music import open_music  # noqa: PLC0415 - only who wants music

            music = open_music(self.sounding.music, self._tell, patient=patient)
            self._to_close.append(music.close)
        return SessionMixer(self.narrator, levels=levels or self.sounding.levels, music=music)

    def attended_by(self, attend: Callable[[Output[Samples]], None]) -> None:
        """Give every output of :meth:`player` to ``attend``, before anything is heard from it."""
        self._attend = attend

    def player(
        self, session: PreparedSession, listener: Listener, clock: Clock, levels: Levels | None = None
    ) -> Player[Samples]:
        """A player whose output is open, and whose first segments are being compiled.

        With other ``levels`` it plays a remark, without music.

        Raises OutputError when the wanted output cannot play.
        """
        from voicecoach.audio.loudspeaker import open_output  # noqa: PLC0415 - numpy loads with it
        from voicecoach.session.lookahead import Lookahead  # noqa: PLC0415 - only playing needs it
        from voicecoach.session.player import Player  # noqa: PLC0415

        def make(index: int, step: AnyStep, around: GapsAround) -> Segment:
            segment = compile_step(index, step, self.kit, around)
            if isinstance(step, Outro):  # a remark has none, and is over before it is needed
                self._render_what_cannot_wait()
            return segment

        mixer = self.mixer(levels=levels)
        self._played = output = self._output or open_output(self.sounding.output, clock)
        self._output = None
        if self._attend:
            self._attend(output)
        output.start()
        ahead = Lookahead(
            session.steps,
            make,
            done=self.narrator.rest,
            interrupt=self.narrator.close,
            hurried=lambda: not self.narrator.settled,
        )
        ahead.start()
        guessing = estimates(self.sounding.rate, self.sounding.language)
        director = SessionDirector(
            session.choices, kit=self.kit, estimates=guessing, can_say=self.narrator.knows
        )
        player = Player(
            session.steps, ahead, director, mixer=mixer, output=output, listener=listener, clock=clock
        )
        player.heed_output()
        return player

    def _render_what_cannot_wait(self) -> None:
        """Render what the player says when a loudspeaker appears, and what it asks somebody whom it hears."""
        asked = (f"doubt.{command}" for command in sorted(WARY)) if self._attend else ()
        for phrase in (*audibility.SPOKEN_PHRASES, *asked):
            self.narrator.clip(self.kit.phrases(phrase))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Close the speech worker, the music, and an output that nobody has played on."""
        if self._output:
            self._output.close(drain=False)
        for close in self._to_close:
            close()


@contextmanager
def measuring(sounding: Sounding, notice: Notice) -> Iterator[Callable[[tuple[AnyStep, ...]], int]]:
    """Yield what tells how many frames steps take with the very voice that will say them.

    ``notice`` is told once when that means rendering speech first.
    """

    @functools.cache
    def tell_once() -> None:
        notice("Rendering what the coach will say, to know how long it takes ...")

    with Studio(sounding, lambda _: None) as studio:  # the session itself tells what is amiss with a voice

        def measure(steps: tuple[AnyStep, ...]) -> int:
            studio.prepare(steps, lambda _: tell_once())
            return studio.compile(steps).expected

        yield measure


def rehearsed(sentence: str, sounding: Sounding, notice: Notice) -> Sounding:
    """Return ``sounding`` with the voice that can say ``sentence``. Raises VoiceError when none can."""
    with Studio(sounding, notice, patient=True) as studio:
        voice = studio.narrator.clip(sentence).engine
        if lack := studio.lack:
            raise VoiceUnavailable(f"{lack.why}, so nothing is said. {lack.remedy}")
        if studio.narrator.unsaid and sounding.voice != SILENT:
            raise VoiceFailed("No voice here can say that, so nothing is said.")
    first = chain(sounding.voice, sounding.language)[:1]
    return sounding if voice in (SILENT, *(each.name for each in first)) else replace(sounding, voice=voice)


def render(
    studio: Studio,
    steps: tuple[AnyStep, ...],
    path: Path,
    about: Callable[[Score], About],
    progress: Callable[[float], None],
    beside: Mapping[Path, Callable[[Score], str]] | None = None,
) -> Score:
    """Write the session to a sound file; ``progress`` is told the share that is done, from 0 to 1.

    ``about`` returns its tags. ``beside`` has the files that go with it, and what makes their text. Raises
    FileError when one of them cannot be written, and VoiceUnavailable when a voice is wanted and there is
    none; then nothing is left of any.
    """
    from voicecoach.render.sinks import mixdown  # noqa: PLC0415 - numpy loads with it

    studio.prepare(steps, lambda share: progress(0.4 * share))
    segments, around = [], gaps(steps)
    for index, step in enumerate(steps):
        segments.append(compile_step(index, step, studio.kit, around[index]))
        progress(0.4 + 0.1 * (index + 1) / len(steps))
    studio.narrator.rest()
    score = Score(tuple(segments))
    studio.require_voice("nothing is written", "write")
    texts = {place: text(score) for place, text in (beside or {}).items()}
    mixer = studio.mixer(patient=True)
    mixdown(score, mixer, path, about(score), lambda share: progress(0.5 + share / 2), texts)
    return score
