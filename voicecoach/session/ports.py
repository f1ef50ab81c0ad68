"""The protocols that the player needs; ``audio`` satisfies them, and so do the fakes of ``tests/fakes``.

A block is a run of mono samples at 48 kHz. The session never looks inside one, so these protocols leave
its type open.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from voicecoach.clock import Alarm
from voicecoach.language.phrases import Phrases
from voicecoach.session.audibility import Audibility
from voicecoach.session.levels import Levels
from voicecoach.session.revision import Steps
from voicecoach.session.rungs import Variations
from voicecoach.session.transport import Outline
from voicecoach.timeline.gaps import GapsAround
from voicecoach.timeline.segment import Segment, Sound
from voicecoach.timeline.steps import TalkLevel

Block = TypeVar("Block")
Block_co = TypeVar("Block_co", covariant=True)
Block_contra = TypeVar("Block_contra", contravariant=True)


class Director(Variations, Protocol):
    """Knows the library, the person and the phrases, and so what can be played instead of what is planned."""

    @property
    def say(self) -> Phrases:
        """The words for the person."""
        ...

    def outline(self, steps: Steps, around: Sequence[GapsAround]) -> Outline:
        """The steps compiled with estimated speech, at once."""
        ...

    def count_in(self, resumed: Segment, frame: int, said: str = "", *, counted: bool = True) -> Segment:
        """Return what comes before ``resumed`` goes on at ``frame``: ``said``, if ``counted`` a countdown."""
        ...

    def can_say(self, text: str) -> bool:
        """Tell whether ``text`` is rendered, so that :meth:`count_in` need not wait for the voice."""
        ...

    def render(self, text: str, done: Callable[[], None]) -> None:
        """Render ``text`` in another thread, and call ``done`` there when it can be said."""
        ...

    def interjected(
        self, segment: Segment, texts: Sequence[str], window: tuple[int, int]
    ) -> tuple[Segment, int] | None:
        """Return ``segment`` with ``texts`` in its silences, and where the first begins, within ``window``.

        None where no silence is long enough.
        """
        ...

    def at_talk_level(self, old: Segment, new: Segment, frame: int, talk: TalkLevel) -> Segment:
        """Return ``old`` to ``frame``, and from there with as much said as ``talk``, whose name is said.

        ``new`` is the same segment compiled at that level.
        """
        ...


class Mixer(Protocol[Block_co]):
    """Turns segments into samples. The same frames always give the same samples, however they are cut.

    Music is the exception: it goes on from one block to the next.
    """

    levels: Levels
    """The levels; may be set at any time, and apply from the next block on."""

    def block(self, segment: Segment, start: int, length: int, then: Segment | None = None) -> Block_co:
        """Samples ``start`` to ``start + length`` of ``segment``. ``then`` will follow it, if known."""
        ...

    def dropped(self, length: int) -> None:
        """The last ``length`` frames that were asked for will not be heard: where music goes on."""
        ...

    def sound(self, sound: Sound) -> Block_co:
        """An earcon as loud as earcons are now."""
        ...

    def words(self, text: str) -> Block_co:
        """A rendered text as loud as the voice is now, for overlaying."""
        ...


class DeviceSpent(Exception):
    """A device plays nothing more until another one is opened; all that was written has gone out."""


class Device(Protocol[Block_contra]):
    """A loudspeaker, or what stands in for one.

    Raises OutputError from :meth:`start` when it cannot play.
    """

    @property
    def name(self) -> str: ...

    @property
    def delivered(self) -> int:
        """Frames of written blocks that have gone out, since :meth:`start`. Never goes back."""
        ...

    def start(self) -> None:
        """Begin to play; until blocks come, play silence, which counts as nothing.

        Does nothing when it has begun already.
        """
        ...

    def write(self, block: Block_contra) -> bool:
        """Queue ``block`` and return True; without room for it return False.

        Raises DeviceSpent when there will never be room again. An :class:`Output` has another device then.
        """
        ...

    def wait(self, alarm: Alarm) -> None:
        """Return when there may be room again or ``alarm`` rings, and after 0.25 s at the latest."""
        ...

    def drop(self) -> int:
        """Fade out at once and forget the rest of what is queued; returns how many frames were forgotten.

        The frames of the fade count as delivered.
        """
        ...

    def overlay(self, block: Block_contra) -> None:
        """Add ``block`` to whatever goes out next, which is heard within 150 ms.

        What is queued is neither moved nor delayed, and the frames of ``block`` do not count as delivered,
        so this also works while nothing is queued. Two at once are heard together. An output without a
        loudspeaker does nothing.
        """
        ...

    def duck(self, *, on: bool) -> None:
        """Lower all that goes out by 12 dB, or give it back, which is heard within 150 ms, without a click.

        Frames and their times stay as they are. An output without a loudspeaker does nothing.
        """
        ...

    def tap(self, far: Callable[[bytes], None] | None) -> None:
        """Call ``far`` with all that goes out from now on: the frames as they are heard, silence too.

        They are 16-bit mono samples, and come in the thread of the device, so ``far`` must return at once.
        With None that ends. An output without a loudspeaker does nothing.
        """
        ...

    def close(self, *, drain: bool = True) -> None:
        """Stop, after everything written has been heard when ``drain`` is set. Further calls do nothing."""
        ...


class Output(Device[Block_contra], Protocol[Block_contra]):
    """A device that may come and go. The frames it delivers are the session's clock."""

    def audibility(self) -> Audibility:
        """Take or give up a loudspeaker that has come or gone, and tell how the session is heard now.

        Call it twice a second or more often, and after a change :meth:`drop`, as what was queued may be lost.
        Raises OutputError when the chosen loudspeaker cannot play.
        """
        ...

    def go_on(self) -> None:
        """Deliver in real time, unheard, until the lost loudspeaker is back; else do nothing."""
        ...
