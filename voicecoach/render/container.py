"""Writes M4B, FLAC and Opus, with FFmpeg's own libraries by way of PyAV."""

from __future__ import annotations

import base64
import struct
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from importlib.util import find_spec
from itertools import starmap
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from voicecoach.audio.pcm import Samples
from voicecoach.errors import UsageError
from voicecoach.render.about import About
from voicecoach.render.chapters import Chapter
from voicecoach.units import RATE, timestamp

if TYPE_CHECKING:
    from av import AudioFrame, AudioStream, Packet
    from av.container.core import Chapter as Listed
    from av.stream import Stream


@dataclass(frozen=True, slots=True)
class Container:
    """What a container is written with."""

    muxer: str
    codec: str
    rate: int
    """Frames a second in the file."""
    samples: str
    """How the codec takes its samples."""
    bit_rate: int | None = None
    """Bits a second on average; None for a codec that loses nothing."""
    chapters_are_tags: bool = False
    """Whether chapters are Vorbis comments (wiki.xiph.org/Chapter_Extension). They are written as tags, as
    FFmpeg's own writer rounds the seconds and then adds their fraction: 3.5 s become 4.5 s."""
    cover_is_tag: bool = False
    """Whether a cover is one of the tags, and not a picture of its own."""


M4B: Final = Container("mp4", "aac", 24_000, "fltp", 48_000)
FLAC: Final = Container("flac", "flac", RATE, "s16", chapters_are_tags=True)
OPUS: Final = Container("opus", "libopus", RATE, "s16", 24_000, chapters_are_tags=True, cover_is_tag=True)
"""Bit rates at which speech is clear [own choice]. At 40 kbit/s AAC adds 2 dB to the peaks of music under
speech, at 48 next to nothing. The muxer "ipod" would take no picture."""
_FRONT_COVER: Final = 3
_MOST_COMMENTS: Final = 1000
"""Chapters, whose numbers have three digits."""
_MILLISECONDS: Final = Fraction(1, 1000)


def check() -> None:
    """Raise UsageError when PyAV is not installed."""
    if find_spec("av") is None:
        raise UsageError(
            "That kind of file needs PyAV, which is not installed. Install it with: pip install"
            " 'voicecoach[files]', or write an .mp3 or .wav file, which needs nothing more."
        )


class ContainerSink:
    """A container with one mono sound, chapters, tags and a cover. It is written as it goes."""

    def __init__(self, kind: Container, path: Path, about: About) -> None:
        import av  # noqa: PLC0415 - an extra, and only such a file needs it

        self._frame: Callable[[Any], AudioFrame] = partial(
            av.AudioFrame.from_ndarray, format="s16", layout="mono"
        )
        self._done = 0
        with ExitStack() as otherwise:
            self._file = otherwise.enter_context(av.open(str(path), "w", format=kind.muxer))
            self._sound = self._begun(kind, about)
            context = self._sound.codec_context
            self._resampled = av.AudioResampler(
                context.format, "mono", kind.rate, frame_size=context.frame_size or None
            ).resample
            otherwise.pop_all()

    def _begun(self, kind: Container, about: About) -> AudioStream:
        """Write what stands before the sound, and return the stream that takes the sound."""
        import av  # noqa: PLC0415 - as above

        stream = self._file.add_stream(kind.codec, rate=kind.rate, layout="mono")
        sound = cast("AudioStream", stream)  # the types do not know what a codec is for
        sound.format = av.AudioFormat(kind.samples)
        if kind.bit_rate:
            sound.bit_rate = kind.bit_rate
        self._file.metadata.update(_tags(about))
        if kind.chapters_are_tags:
            self._file.metadata.update(_chapter_tags(about.chapters))
        else:
            self._file.set_chapters(list(starmap(_chapter, enumerate(about.chapters))))
            sound.metadata["language"] = about.iso_639_2
        if about.cover and kind.cover_is_tag:
            self._file.metadata["METADATA_BLOCK_PICTURE"] = _picture_block(about.cover)
        elif about.cover:
            self._file.mux(self._cover(about.cover))
        return sound

    def _cover(self, png: bytes) -> Packet[Stream]:
        """Add a stream for a picture, and return the picture."""
        import av  # noqa: PLC0415 - as above
        from av.stream import Disposition  # noqa: PLC0415 - as above

        stream = self._file.add_stream("png", rate=1)
        stream.width, stream.height = _size(png)
        stream.pix_fmt = "pal8"
        stream.disposition = Disposition.attached_pic
        packet = av.Packet(png)
        packet.stream, packet.time_base = stream, _MILLISECONDS
        packet.pts = packet.dts = 0
        packet.is_keyframe = True
        return packet

    def write(self, block: Samples) -> None:
        if not len(block):
            return
        frame = self._frame(block[None, :])
        frame.sample_rate, frame.time_base, frame.pts = RATE, Fraction(1, RATE), self._done
        self._done += len(block)
        self._encode(frame)

    def _encode(self, frame: AudioFrame | None) -> None:
        for each in self._resampled(frame):
            self._file.mux(self._sound.encode(each))

    def close(self) -> None:
        with closing(self._file):  # Windows removes no file that is open
            if self._done:
                self._encode(None)
                self._file.mux(self._sound.encode(None))


def _tags(about: About) -> dict[str, str]:
    tags = {"title": about.title, "language": about.language}
    if about.description:
        tags |= {"description": about.description, "comment": about.description}
    return tags


def _chapter_tags(chapters: tuple[Chapter, ...]) -> dict[str, str]:
    tags: dict[str, str] = {}
    for number, chapter in enumerate(chapters[:_MOST_COMMENTS]):
        name = f"CHAPTER{number:03}"
        tags |= {name: timestamp(chapter.frame), f"{name}NAME": chapter.title}
    return tags


def _picture_block(png: bytes) -> str:
    """Return a picture as a tag of an Ogg file (xiph.org/flac/format.html#metadata_block_picture)."""
    kind = b"image/png"
    no_words, bits, colours = 0, 8, 256
    before = struct.pack(f">II{len(kind)}sI", _FRONT_COVER, len(kind), kind, no_words)
    about = struct.pack(">5I", *_size(png), bits, colours, len(png))
    return base64.b64encode(before + about + png).decode()


def _size(png: bytes) -> tuple[int, int]:
    """Return the width and height of a picture, which stand in its first chunk."""
    width, height = struct.unpack_from(">II", png, 16)
    return width, height


def _chapter(number: int, chapter: Chapter) -> Listed:
    return {
        "id": number,
        "start": chapter.frame,
        "end": chapter.end,
        "time_base": Fraction(1, RATE),
        "metadata": {"title": chapter.title},
    }
