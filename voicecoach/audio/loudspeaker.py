"""The loudspeaker of a session: a device, however often it is lost, and a silent clock while there is none.

A sound system that hangs keeps whoever opens or closes a device for as long as it hangs. So both happen in a
thread where nobody waits for them longer than the limits below.
"""

from __future__ import annotations

from itertools import chain, repeat
from typing import TYPE_CHECKING, Final

from voicecoach.audio import outputs
from voicecoach.audio.device_thread import DEVICE_THREAD, DeviceThread, Task
from voicecoach.audio.outputs import AUTO, NAMES, SILENT, SilentOutput
from voicecoach.errors import OutputError, UnknownName
from voicecoach.session.audibility import Audibility
from voicecoach.session.ports import DeviceSpent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from voicecoach.audio.pcm import Samples
    from voicecoach.clock import Alarm, Clock
    from voicecoach.session.ports import Device, Output

START_WITHIN: Final = 1.0
"""Seconds that a start waits for the device; then the session is on the screen already."""
OPEN_WITHIN: Final = 2.5
"""Seconds from the first attempt to open a device until the session goes on without sound; one that is open
later is taken then [own choice]."""
CLOSE_WITHIN: Final = 0.6
"""Seconds that the end waits for the last sound and for the device: a key ends the program within two."""
DISCARD_WITHIN: Final = 0.1
"""Seconds that the end waits for a device that is being opened."""
STALLED_AFTER: Final = 0.5
"""Seconds without a delivered frame after which the end does not wait for the last sound."""
LOST_AFTER: Final = 3.0
"""Seconds without a delivered frame after which the loudspeaker counts as lost; an idle sound server was
seen to stall for up to two."""
RETRY_EVERY: Final = (1.0, 2.0, 4.0, 8.0)
"""Seconds between attempts to get one; the last goes on."""
STOOD_STILL: Final = 1.0
"""Seconds between two looks that show that this program itself was stopped; it looks twice a second."""
LONGEST_WAIT: Final = 0.25
"""The most seconds that :meth:`Loudspeaker.wait` waits while no device plays."""

HANGS: Final = (
    "This computer's sound system is not responding. Restart it, or restart the computer, or follow"
    " the session on screen with: --output silent"
)


class Loudspeaker:
    """The output that plays through the device called ``name`` whenever there is one.

    The device opens from the moment this is made. A session that begins without one goes on silently until
    one appears; one that is lost in it stops it, until it is back or the player lets it :meth:`go_on`. Frames
    that were written and will not be heard, as the device changed, are forgotten by the next :meth:`drop`.
    """

    def __init__(self, name: str, clock: Clock, *, devices: DeviceThread = DEVICE_THREAD) -> None:
        """``name`` is "auto" or that of one device."""
        self._chosen = name
        self._clock = clock
        self._devices = devices
        self._device: Device[Samples] | None = None
        """What plays now; while the session is silent, the clock that stands in for it."""
        self._before = 0
        """Frames delivered by those before it."""
        self._given = 0
        """Frames written to the present device."""
        self._written = 0
        self._audibility = Audibility.HEARD
        self._ducked = False
        self._far: Callable[[bytes], None] | None = None
        self._closed = False
        self._looked = self._advanced = clock.now()
        """When it was last looked at, and when a frame was last delivered or none was waiting."""
        self._seen = 0
        """Frames delivered then."""
        self._pauses: Iterator[float] = _pauses()
        self._retry_at = 0.0
        self._open_by: float | None = clock.now() + OPEN_WITHIN
        """When the session goes on without sound; None when the first attempt has ended."""
        self._opening: Task[Device[Samples] | None] | None = None
        self._tried = 0.0
        """When the last attempt to open a device began."""
        self._try()

    @property
    def name(self) -> str:
        """The name of the device that plays; that of the silent output while there is none."""
        return self._device.name if self._device else SILENT

    @property
    def delivered(self) -> int:
        """Frames of written blocks that have gone out."""
        return self._before + (self._device.delivered if self._device else 0)

    def start(self, within: float = START_WITHIN) -> None:
        """Wait for the device, at most ``within`` seconds.

        Raises OutputError when the chosen one cannot play.
        """
        if self._opening is not None and self._open_by is not None:
            self._devices.wait(self._opening, within)
        self.audibility()

    def audibility(self) -> Audibility:
        """Take a device that has appeared, give up one that is lost, and tell how the session is heard now.

        Raises OutputError when the chosen device cannot play at the start.
        """
        now = self._clock.now()
        if self._device and self._audibility is Audibility.HEARD:
            if self._still_for(now) > LOST_AFTER:
                self._replace(Audibility.LOST)
            return self._audibility
        if self._opening is None and now >= self._retry_at:
            self._try()
        elif self._opening is not None and self._opening.is_done:
            opening, self._opening = self._opening, None
            self._opened(opening, now)
        self._wait_no_longer(now)
        return self._audibility

    def _wait_no_longer(self, now: float) -> None:
        """Go on silently at the start, and hold a session that has begun, when no device opens in time."""
        if self._open_by is not None:
            if now >= self._open_by or self._devices.is_stuck:
                if self._opening is not None:
                    self._devices.give_up(self._opening)
                self._go_silent(Audibility.HUNG)
        elif self._device is None and (self._opening is None or now - self._tried > LOST_AFTER):
            self._audibility = Audibility.LOST

    def go_on(self) -> None:
        """Play on silently until the lost loudspeaker is back."""
        if self._audibility is Audibility.LOST:
            self._go_silent(Audibility.LEFT)

    def write(self, block: Samples) -> bool:
        if self._device is None:
            return False
        try:
            if not self._device.write(block):
                return False
        except DeviceSpent:
            self._replace(Audibility.HEARD)
            return False
        if self._all_out:
            self._advanced = self._clock.now()
        self._given += len(block)
        self._written += len(block)
        return True

    def wait(self, alarm: Alarm) -> None:
        if self._device:
            self._device.wait(alarm)
        else:
            self._clock.wait(alarm, LONGEST_WAIT)

    def drop(self) -> int:
        if self._device:
            self._given -= self._device.drop()
        kept = self._before + self._given
        forgotten, self._written = self._written - kept, kept
        return forgotten

    def overlay(self, block: Samples) -> None:
        if self._device:
            self._device.overlay(block)

    def duck(self, *, on: bool) -> None:
        self._ducked = on
        if self._device:
            self._device.duck(on=on)

    def tap(self, far: Callable[[bytes], None] | None) -> None:
        self._far = far
        if self._device:
            self._device.tap(far)

    def close(self, *, drain: bool = True) -> None:
        """Stop, after what was written has been heard when ``drain`` is set, and within the limit.

        What is merely slow ends in the thread of the devices, where the next loudspeaker waits its own time
        for it; only what hangs already is not waited for again.
        """
        if self._closed:
            return
        self._closed = True
        device, opening, now = self._device, self._opening, self._clock.now()
        if device and self._audibility.is_silent:
            device.close(drain=drain)
        elif device:
            stalls = self._still_for(now) > STALLED_AFTER
            self._finish(lambda: device.close(drain=drain), 0 if stalls else CLOSE_WITHIN, hangs=stalls)
        if opening:
            self._finish(lambda: _discard(opening), DISCARD_WITHIN, hangs=now - self._tried >= OPEN_WITHIN)

    def _finish(self, do: Callable[[], None], within: float, *, hangs: bool) -> None:
        last = self._devices.begin(do)
        if not self._devices.wait(last, within) and hangs:
            self._devices.give_up(last)

    def _try(self) -> None:
        self._opening, self._tried = self._devices.begin(self._open), self._clock.now()

    def _open(self) -> Device[Samples] | None:
        """Open the first device that can play, in the thread of the devices; None when that is too late."""
        failure = OutputError("Nothing here can play sound.")
        for name in AUTO if self._chosen == "auto" else (self._chosen,):
            if self._closed:
                return None
            try:
                device = outputs.DEVICES[name](self._clock)
                device.start()
            except OutputError as error:
                failure = error
            else:
                return device
        raise failure

    def _opened(self, opening: Task[Device[Samples] | None], now: float) -> None:
        """Take the device that was opened, or go on without one."""
        begins, self._open_by = self._open_by is not None, None
        try:
            device = opening.result()
        except OutputError:
            if begins and self._chosen != "auto":
                raise
            self._retry_at = now + next(self._pauses)
            if begins:
                self._go_silent(Audibility.ABSENT)
            return
        if device:
            device.start()  # it has begun, but may prefer the thread that plays
            self._change(device, Audibility.HEARD)

    def _replace(self, audibility: Audibility) -> None:
        """Leave the device to the thread of the devices, and try to get another.

        While the session counts as heard with it, that one takes the place of the old one without a word.
        """
        old = self._device
        assert old is not None
        self._change(None, audibility)
        self._pauses = _pauses()
        self._devices.begin(lambda: old.close(drain=False))
        self._try()

    def _go_silent(self, audibility: Audibility) -> None:
        self._open_by = None
        self._change(SilentOutput(self._clock), audibility)

    def _change(self, device: Device[Samples] | None, audibility: Audibility) -> None:
        self._before, self._given = self.delivered, 0
        if self._device:
            self._device.tap(None)
        if device:
            device.duck(on=self._ducked)
            device.tap(self._far)
        self._device, self._audibility = device, audibility
        self._looked = self._advanced = self._clock.now()

    @property
    def _all_out(self) -> bool:
        """Whether nothing is waiting."""
        return self.delivered >= self._before + self._given

    def _still_for(self, now: float) -> float:
        """Return how long nothing has gone out; time in which this program stood still does not count."""
        delivered = self.delivered
        if delivered > self._seen or self._all_out or now - self._looked > STOOD_STILL:
            self._advanced = now
        self._seen, self._looked = delivered, now
        return now - self._advanced


def _pauses() -> Iterator[float]:
    return chain(RETRY_EVERY, repeat(RETRY_EVERY[-1]))


def _discard(opening: Task[Device[Samples] | None]) -> None:
    """Close what nobody takes any more, if it was opened."""
    if opening.failure is None and (device := opening.result()):
        device.close(drain=False)


def open_output(name: str, clock: Clock) -> Output[Samples]:
    """Return the output called ``name``; a device opens in a thread of its own from now on.

    Raises UnknownName for a name that is not in :data:`NAMES`.
    """
    if name not in NAMES:
        raise UnknownName("output", name, NAMES, hint=f"Outputs: {', '.join(NAMES)}.")
    return outputs.STAND_INS[name](clock) if name in outputs.STAND_INS else Loudspeaker(name, clock)


def try_device(name: str, clock: Clock) -> None:
    """Open and close the device called ``name``. Raises OutputError when it cannot play or hangs.

    That is done in a thread of its own, so that one that hangs keeps no other from being tried.
    """
    output = Loudspeaker(name, clock, devices=DeviceThread())
    try:
        output.start(OPEN_WITHIN)
        if output.audibility() is not Audibility.HEARD or output.name == SILENT:
            raise OutputError(HANGS)
    finally:
        output.close(drain=False)
