"""Writes a compiled session to a sound file, through the mixer that plays it live."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import Final, Protocol

from voicecoach.audio.mixer import SessionMixer
from voicecoach.audio.pcm import Samples
from voicecoach.control import signals
from voicecoach.errors import FileError, UsageError
from voicecoach.render import container, mp3
from voicecoach.render.about import About
from voicecoach.render.container import ContainerSink
from voicecoach.render.mp3 import Mp3Sink
from voicecoach.render.wav import WavSink
from voicecoach.timeline.segment import Score
from voicecoach.units import frames

BLOCK = frames(4)
"""Frames mixed at a time: long enough to be fast, short enough to show progress."""


def blocks(
    score: Score, mixer: SessionMixer, progress: Callable[[float], None] = lambda _: None
) -> Iterator[Samples]:
    """Yield all samples of ``score`` in order; ``progress`` is told the share that was taken, 0 to 1."""
    done = 0
    for segment, then in zip_longest(score.segments, score.segments[1:]):
        for start in range(0, segment.frames, BLOCK):
            block = mixer.block(segment, start, min(BLOCK, segment.frames - start), then)
            yield block
            done += len(block)
            progress(done / score.frames)


class Sink(Protocol):
    """A sound file that is being written."""

    def write(self, block: Samples) -> None:
        """Add mono samples, int16 at 48 kHz. Raises OSError."""

    def close(self) -> None:
        """Complete the file. Raises OSError."""


_WITH_PYAV: Final = {
    ".m4b": container.M4B,
    ".flac": container.FLAC,
    ".opus": container.OPUS,
    ".ogg": container.OPUS,
}
SINKS: Final[dict[str, Callable[[Path, About], Sink]]] = {
    ".mp3": Mp3Sink,
    ".wav": WavSink,
    **{ending: partial(ContainerSink, kind) for ending, kind in _WITH_PYAV.items()},
}
"""What opens a file, by its ending. Each raises OSError."""


def late(path: Path) -> float:
    """Return the seconds by which everything in a file of that name is heard later than it was written."""
    return mp3.DELAY if path.suffix.lower() == ".mp3" else 0.0


def check(path: Path, *beside: Path) -> None:
    """Raise UsageError or FileError when ``path`` or a file ``beside`` it cannot be written."""
    check_ending(path)
    for each in (path, *beside):
        try:
            if not stat.S_ISREG(each.stat().st_mode):
                raise UsageError(f"{each} is not a file, so it is left as it is. {_ELSEWHERE}")
        except FileNotFoundError:
            pass
        except OSError as error:
            raise _unwritable(each, error) from error
    if not path.parent.is_dir():
        raise FileError(f"There is no folder {path.parent}. Make it, or choose another place with -o.")
    check_folder(path.parent)


def check_ending(path: Path) -> None:
    """Raise UsageError when files that end so are not written, or lack their library."""
    if path.suffix.lower() not in SINKS:
        *others, last = SINKS
        endings = f"{', '.join(others)} or {last}"
        raise UsageError(
            f"'{path}' is not the name of a sound file. End it in {endings}, or in .html for a page."
        )
    if path.suffix.lower() in _WITH_PYAV:
        container.check()


def check_folder(folder: Path) -> None:
    """Raise FileError when nothing can be written to a folder."""
    if not os.access(folder, os.W_OK | os.X_OK):
        raise FileError(f"Nothing can be written to the folder {folder}. {_ELSEWHERE}")


def mixdown(
    score: Score,
    mixer: SessionMixer,
    path: Path,
    about: About,
    progress: Callable[[float], None],
    beside: Mapping[Path, str] | None = None,
) -> None:
    """Write ``score`` to ``path``, and texts ``beside`` it. ``progress`` is told the share done, 0 to 1.

    ``about`` has its tags. Each is written under another name in its folder and all are renamed when
    complete, so that what stands there is never half a file, whatever signal comes. Raises FileError when
    that cannot be done, naming the file.
    """
    place = path
    try:
        with ExitStack() as stack:
            whole: dict[Path, Path] = {}
            for place, text in (beside or {}).items():
                whole[place] = _beside(place, stack)
                whole[place].write_text(text, encoding="utf-8")
            place = path
            whole[place] = _beside(place, stack)
            with closing(SINKS[path.suffix.lower()](whole[place], about)) as sink:
                for block in blocks(score, mixer, progress):
                    sink.write(block)
            with signals.deferred():
                for place, unfinished in whole.items():
                    unfinished.replace(place)
    except OSError as error:
        raise _unwritable(place, error) from error


_ELSEWHERE: Final = "Choose another place with -o."


def _unwritable(path: Path, error: OSError) -> FileError:
    return FileError(f"{path} cannot be written ({error.strerror or error}). {_ELSEWHERE}")


def _beside(path: Path, stack: ExitStack) -> Path:
    """Return the name of a new file beside ``path``; ``stack`` removes the file, unless it was renamed."""
    unfinished = path.with_name(f".voicecoach-{secrets.token_hex(8)}.part")
    stack.callback(unfinished.unlink, missing_ok=True)
    return unfinished
