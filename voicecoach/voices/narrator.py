"""The coach's voice for the rest of the program: text in, a clip out, whatever goes wrong."""

from __future__ import annotations

import re
import threading
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, Self

import numpy as np

from voicecoach.errors import UsageError, VoiceError
from voicecoach.language import pronunciation
from voicecoach.language.speech_length import DEFAULT_WPM, FASTEST_WPM, SLOWEST_WPM, estimate
from voicecoach.text import Use, clean
from voicecoach.voices.cache import cache_key
from voicecoach.voices.engines import SILENT, EngineSpec, Lack, StillStarting, Unspeakable
from voicecoach.voices.loudness import PROCESSING
from voicecoach.voices.worker import WorkerClient

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from types import TracebackType

    from numpy.typing import NDArray


_IN_MEMORY: Final = 24 * 1024 * 1024
"""Bytes of clips held in memory, four minutes of speech; older ones are read from the cache again."""
_GLANCE: Final = 0.5
"""Seconds between two looks whether a voice is still waited for."""
_QUOTED: Final = 60
"""The most characters of a sentence that a notice quotes."""
_WORTH_A_WORKER: Final = 20
"""The number of texts worth one more worker [own choice]; starting one takes as long as rendering them."""


@dataclass(frozen=True, slots=True, eq=False)
class SpokenClip:
    """A spoken text. Its sound begins with the first sample."""

    samples: NDArray[np.int16]
    """Mono at 48 kHz, read-only; none when there is no voice for the text."""
    frames: int
    """Its length: the number of samples or, for a caption, the time to read it."""
    engine: str
    """The engine that spoke it; "silent" for a caption."""


class Worker(Protocol):
    """Makes the speech of one engine, as :class:`~voicecoach.voices.worker.WorkerClient` does."""

    def is_starting(self, after: float = 0.0) -> bool:
        """Tell whether it has begun to start and has not started, waiting up to so many seconds for it."""
        ...

    def render(self, text: str, wpm: int) -> bytes:
        """Return int16 mono at 48 kHz.

        Raises VoiceUnavailable, VoiceFailed, Unspeakable or StillStarting.
        """
        ...

    def rest(self) -> None:
        """Free the memory; the next :meth:`render` starts again."""
        ...

    def close(self) -> None:
        """End for good. May be called from any thread, also during a :meth:`render`, which then fails."""
        ...


class Cache(Protocol):
    """Keeps clips, as :class:`~voicecoach.voices.cache.SpeechCache` does."""

    def get(self, key: str) -> bytes | None: ...

    def put(self, key: str, sound: bytes) -> bool: ...


class Narrator:
    """A :class:`~voicecoach.timeline.segment.Speech` with sound.

    The first of ``engines`` that can renders a text, and the text keeps its length for the narrator's whole
    life, even when that engine fails later. When the last engine has failed, texts are captions. An engine
    that takes long to start is waited for by the ``patient``; else the next one speaks meanwhile. ``notice``
    gets one line for each engine that is late or given up, and for the first sentence that none can say; that
    the last one was given up is not told to the ``patient``, who look at :attr:`failure`. Any thread may call
    any method.

    Raises UsageError when ``wpm`` is not between SLOWEST_WPM and FASTEST_WPM.
    """

    def __init__(
        self,
        engines: Sequence[EngineSpec],
        cache: Cache,
        notice: Callable[[str], None],
        *,
        wpm: int = DEFAULT_WPM,
        patient: bool = False,
        worker: Callable[[EngineSpec], Worker] = WorkerClient,
        in_memory: int = _IN_MEMORY,
    ) -> None:
        if not SLOWEST_WPM <= wpm <= FASTEST_WPM:
            raise UsageError(f"The coach speaks {SLOWEST_WPM} to {FASTEST_WPM} words a minute, not {wpm}.")
        self._engines = {engine.name: engine for engine in engines}
        self._hire = worker
        self._workers = {engine.name: worker(engine) for engine in engines}
        self._sources = {engine.name: _source(engine) for engine in engines}
        self._given_up: set[str] = set()
        self._late: set[str] = set()
        """The engines of which it was told that they start slowly."""
        self._starting: set[str] = set()
        """The engines that did not take the last text, as they were still starting."""
        self._patient = patient
        self.failure: Lack | None = None
        """Why there is no voice any more."""
        self.unsaid: list[str] = []
        """The texts that no engine could say, in their order."""
        self._told_unsaid = 0
        """How many of them were told of, at most two."""
        self._pronounce = pronunciation.load()
        self._cache = cache
        self._notice = notice
        self._wpm = wpm
        self._in_memory = in_memory
        self._held = 0
        self._clips: dict[str, SpokenClip] = {}
        self._made: dict[str, tuple[str, int]] = {}
        """The engine and frames of every text so far."""
        self._lock = threading.RLock()  # reentrant: the receiver of a notice may ask for speech
        self._closed = False

    @property
    def audible(self) -> bool:
        """Whether a voice is left. An engine that was not tried yet counts as one."""
        return len(self._given_up) < len(self._engines)

    @property
    def settled(self) -> bool:
        """Whether no better engine is about to speak."""
        return not any(self._workers[name].is_starting() for name in self._starting - self._given_up)

    def measure(self, text: str) -> int:
        """Return the frames of the clip of ``text``."""
        made = self._made.get(spoken(text))
        return made[1] if made else self.clip(text).frames

    def knows(self, text: str) -> bool:
        """Tell at once whether ``text`` was rendered, so that neither it nor its length is waited for."""
        return spoken(text) in self._made

    def clip(self, text: str) -> SpokenClip:
        """Return ``text`` as a clip; slow when it is neither in memory nor in the cache."""
        said = spoken(text)
        if (clip := self._clips.get(said)) is not None:
            return clip
        with self._lock:
            if (clip := self._clips.get(said)) is None:
                clip = self._again(said) or self._make(said)
                self._hold(said, clip)
            return clip

    def prepare(
        self, texts: Iterable[str], workers: int, progress: Callable[[float], None] = lambda _: None
    ) -> None:
        """Render the ``texts`` that the cache lacks, with at most ``workers`` processes at a time.

        The clips are those that :meth:`clip` would render one by one. When the narrator's own worker fails,
        its engine is given up as usual; when another one fails, its texts are left to :meth:`clip`.
        ``progress`` is called with the share done, 0 to 1, in the caller's thread.
        """
        with self._lock:
            name = next((name for name in self._engines if name not in self._given_up), None)
            if name is None or self._closed:
                return
            batch = _Batch(self._missing(name, texts), self._wpm, self._cache)
            more = min(workers - 1, len(batch.left) // _WORTH_A_WORKER)
            helpers = [self._hire(self._engines[name]) for _ in range(more)]
            threads = [threading.Thread(target=batch.help_with, args=[each], daemon=True) for each in helpers]
            try:
                for thread in threads:
                    thread.start()
                batch.render(lambda text: self._render(name, text), progress)
                for thread in threads:
                    thread.join()
            except StillStarting:
                pass  # clip() finds another voice, until this one speaks
            except VoiceError as error:
                self._give_up(self._engines[name], error)
            finally:
                batch.left.clear()
                for helper in helpers:
                    helper.close()

    def _missing(self, name: str, texts: Iterable[str]) -> dict[str, str]:
        """Return the engine's texts for ``texts``, by cache key, where the cache lacks them.

        The longest come first, so that no worker is left with one when the others are done.
        """
        said = filter(has_words, map(spoken, texts))
        longest_first = sorted((self._pronounce(each, name) for each in said), key=len, reverse=True)
        given = {self._key(name, text): text for text in longest_first}
        return {key: text for key, text in given.items() if self._cache.get(key) is None}

    def rest(self) -> None:
        """End the workers until there is something new to say."""
        with self._lock:
            self._tell_unsaid()
            for worker in self._workers.values():
                worker.rest()

    def close(self) -> None:
        """End the workers at once, even while they work. Texts not rendered yet become captions."""
        self._closed = True
        for worker in self._workers.values():
            worker.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _make(self, said: str) -> SpokenClip:
        for name in self._engines if has_words(said) else ():
            samples = self._samples(name, said)
            if samples is not None:
                clip = SpokenClip(samples, len(samples), name)
                break
        else:
            clip = _caption(estimate(said, self._wpm))
            if has_words(said) and not self._closed:
                self.unsaid.append(said)
        self._made[said] = clip.engine, clip.frames
        return clip

    def _again(self, said: str) -> SpokenClip | None:
        """Return a clip no longer in memory, at its old length; None for a text that was never said."""
        if said not in self._made:
            return None
        name, frames = self._made[said]
        samples = self._samples(name, said) if name in self._engines else None
        if samples is None:
            return _caption(frames)
        if len(samples) != frames:  # rendered again: some engines vary by a few samples
            samples = np.pad(samples, (0, max(0, frames - len(samples))))[:frames]
            samples.flags.writeable = False
        return SpokenClip(samples, frames, name)

    def _samples(self, name: str, said: str) -> NDArray[np.int16] | None:
        """Return this engine's samples, cached or new; None when it has none or was given up.

        The narrator knows clips by the written text, and the cache by the text given to the engine, so that a
        changed pronunciation is heard at once.
        """
        text = self._pronounce(said, name)
        key = self._key(name, text)
        sound = self._cache.get(key)
        if sound is None:
            if name in self._given_up or self._closed:
                return None
            try:
                sound = self._render(name, text)
            except (Unspeakable, StillStarting):
                return None
            except VoiceError as error:
                self._give_up(self._engines[name], error)
                return None
            self._cache.put(key, sound)
            self._tell_unsaid()
        return np.frombuffer(sound, "<i2")

    def _render(self, name: str, text: str) -> bytes:
        """Return the sound of ``text``. Raises what the worker raises."""
        while True:
            try:
                sound = self._workers[name].render(text, self._wpm)
            except StillStarting as late:
                self._starting.add(name)
                if name not in self._late:
                    self._late.add(name)
                    self._notice(f"{late}{self._meanwhile()}")
                if not self._patient:
                    raise
                while self._workers[name].is_starting(_GLANCE) and not self._closed:
                    pass
            else:
                self._starting.discard(name)
                return sound

    def _meanwhile(self) -> str:
        """Return the end of a sentence about an engine that is late."""
        if self._patient:
            return " ..."
        left = [other.title for other in self._left if other.name not in self._starting]
        return f"; the {left[0]} speaks until it is ready." if left else "; until then, look at the screen."

    @property
    def _left(self) -> list[EngineSpec]:
        return [each for each in self._engines.values() if each.name not in self._given_up]

    def _tell_unsaid(self) -> None:
        """Tell the first sentence that cannot be said, now that others can, and once that there are more."""
        if not self.audible:
            return
        told, self._told_unsaid = self._told_unsaid, min(2, len(self.unsaid))
        if told < 1 <= len(self.unsaid):
            self._notice(f"No voice here can say this, so it is only shown: '{_shortened(self.unsaid[0])}'")
        if told < 2 <= len(self.unsaid):
            self._notice("Other sentences could not be spoken either; they are only shown.")

    def _key(self, name: str, text: str) -> str:
        return cache_key(*self._sources[name], PROCESSING, self._wpm, text)

    def _give_up(self, engine: EngineSpec, error: VoiceError) -> None:
        self._workers[engine.name].close()
        if self._closed:
            return
        self._given_up.add(engine.name)
        failure = str(error).rstrip(".")
        if left := self._left:
            self._notice(f"{failure}; going on with the {left[0].title}.")
            return
        self.failure = Lack(failure, "'voicecoach doctor' tells why.")
        if not self._patient:
            self._notice(f"{failure}; going on with captions and sounds. {self.failure.remedy}")

    def _hold(self, said: str, clip: SpokenClip) -> None:
        """Keep ``clip`` in memory, and drop the oldest when there are too many."""
        self._clips[said] = clip
        self._held += clip.samples.nbytes
        while self._held > self._in_memory and len(self._clips) > 1:
            self._held -= self._clips.pop(next(iter(self._clips))).samples.nbytes


class _Batch:
    """Texts to be rendered into the cache, by key; each free worker takes the next."""

    def __init__(self, texts: dict[str, str], wpm: int, cache: Cache) -> None:
        self.left = deque(texts.items())
        self._count = len(texts)
        self._wpm = wpm
        self._cache = cache
        self._putting = threading.Lock()

    def render(
        self, render: Callable[[str], bytes], progress: Callable[[float], None] = lambda _: None
    ) -> None:
        """Call ``render`` until no text is left. Raises VoiceError when it fails."""
        while self.left:
            with suppress(Unspeakable, IndexError):  # IndexError: another worker took the last one
                key, text = self.left.popleft()
                sound = render(text)
                with self._putting:
                    if not self._cache.put(key, sound):
                        self.left.clear()  # the cache keeps nothing, so preparing is useless
                progress(1 - len(self.left) / self._count)

    def help_with(self, worker: Worker) -> None:
        """Render in another thread beside it; a worker that fails leaves its text undone."""
        with suppress(VoiceError):
            self.render(lambda text: worker.render(text, self._wpm))


def _source(engine: EngineSpec) -> tuple[str, str, str]:
    """Return everything about an engine that shapes its sound."""
    return engine.name, engine.version() or "", engine.voice


def _caption(frames: int) -> SpokenClip:
    return SpokenClip(np.zeros(0, np.int16), frames, SILENT)


LONGEST: Final = 1000
"""The most characters in one utterance, more than a minute of speech. The rest is not said."""

# SAPI reads <...> as SSML, and hibari reads [word](/phonemes/); espeak also takes a control character,
# removed with all others, for commands. Brackets alone, of which espeak and macOS read [[...]] as phonemes
# or commands, are removed with all other symbols by the pronunciation.
_TAG = re.compile(r"</?[A-Za-z!?][^<>]*>")
_PHONEMES = re.compile(r"\]\(/[^)]*\)")


def spoken(text: str) -> str:
    """Clean ``text``, before it is pronounced.

    Control characters and tags are removed, white space becomes single spaces, and a text over
    :data:`LONGEST` characters is cut after a whole word.
    """
    text = clean(text[: 4 * LONGEST], Use.VOICE)
    text = " ".join(_PHONEMES.sub("]", _TAG.sub(" ", text)).split())
    if len(text) > LONGEST:
        text = text[: LONGEST + 1].rpartition(" ")[0] or text[:LONGEST]
    return text


def _shortened(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[: _QUOTED - 1]}…"


def has_words(text: str) -> bool:
    """Tell whether ``text`` has anything that can be said."""
    return any(char.isalnum() for char in text)
