"""Keeps the computer from falling asleep or locking during a session, in which nobody touches a key.

On Linux the desktop is asked, and besides it logind, which puts computers without a desktop to sleep. What a
program has asked for ends with its connection, so nothing stays behind after a crash. The desktop's screen
saver comes before its portal: it tells whether it heard, and the portal agrees to everything.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from voicecoach.control.dbus_thread import Errand, bus_address, system_bus_address
from voicecoach.session.listener import Listener
from voicecoach.session.transport import STILL, State

if TYPE_CHECKING:
    from voicecoach.control.dbus import Connection

LONG_PAUSE: Final = 300.0
"""Seconds after which a paused session lets the computer sleep: who is away for longer may be away for hours,
and who only answers the door finds the session as they left it [own choice]."""
ANSWER_WITHIN: Final = 3.0
"""Seconds that a program on the bus may take to answer [own choice]."""
GOODBYE: Final = 0.3
"""The most seconds that the end of a session waits for each of the buses; what is held for this program ends
with it anyway."""

_T = TypeVar("_T")

WHY: Final = "an exercise session is playing"
_WHO: Final = "voicecoach"


class Way(Protocol):
    """One way to keep the computer awake. Only :meth:`end` waits for another program, and not for long."""

    name: str
    """What does it, for people; empty when it does not work, and before it was tried."""
    tried: threading.Event

    def begin(self) -> None:
        """Begin to keep it awake, soon."""
        ...

    def let_go(self) -> None:
        """Let it sleep for the time being."""
        ...

    def hold(self) -> None:
        """Keep it awake again."""
        ...

    def end(self) -> None:
        """Let it sleep for good."""
        ...


class Awake(Listener):
    """Keeps the computer awake inside :meth:`held`, except in a long pause or a long wait for the
    loudspeaker.
    """

    def __init__(self, long_pause: float = LONG_PAUSE) -> None:
        self._long_pause = long_pause
        self._ways: Sequence[Way] = ()
        self._timer: threading.Timer | None = None
        self._lock = threading.Lock()
        """Held while a pause begins, ends, or has become long."""

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep the computer awake inside the block, where the system has a way to ask for that."""
        self._ways = ways()
        for way in self._ways:
            way.begin()
        try:
            yield
        finally:
            with self._lock:
                self._forget_pause()
                for way in self._ways:
                    way.end()
                self._ways = ()

    def state_changed(self, state: State) -> None:
        with self._lock:
            self._forget_pause()
            if state in STILL:
                self._timer = threading.Timer(self._long_pause, self._let_go)
                self._timer.daemon = True
                self._timer.start()
            else:
                for way in self._ways:
                    way.hold()

    def _forget_pause(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _let_go(self) -> None:
        """Let the computer sleep, in the timer's thread, when the pause is not over by now."""
        with self._lock:
            if self._timer is threading.current_thread():
                for way in self._ways:
                    way.let_go()


def means(patience: float = ANSWER_WITHIN + 1) -> list[str]:
    """Return what keeps this computer awake in a session, by trying it for a moment."""
    tried = ways()
    for way in tried:
        way.begin()
    for way in tried:
        way.tried.wait(patience)
    names = [way.name for way in tried if way.name]
    for way in tried:
        way.end()
    return names


def ways() -> list[Way]:
    """Return the ways that this system may have."""
    if sys.platform == "win32":
        return [_Windows()]
    if sys.platform == "darwin":
        return [_Caffeinate()]
    buses = ((bus_address(), (_screen_saver, _portal)), (system_bus_address(), (_logind,)))
    return [_OnBus(address, asked) for address, asked in buses if address is not None]


@dataclass(frozen=True, slots=True)
class _Held:
    """What a program on the bus has promised."""

    by: str
    release: Callable[[], Awaitable[object]]


class _OnBus:
    """Asks the first program on one bus that answers."""

    def __init__(self, address: str, asked: Sequence[Callable[[Connection], Awaitable[_Held]]]) -> None:
        self.name = ""
        self.tried = threading.Event()
        self._asked = asked
        self._wanted = True
        self._errand = Errand(address, self._hold, self.tried.set, files=True)

    def begin(self) -> None:
        self._errand.begin()

    def let_go(self) -> None:
        self._wanted = False
        self._errand.wake()

    def hold(self) -> None:
        self._wanted = True
        self._errand.wake()

    def end(self) -> None:
        self._errand.end(GOODBYE)

    async def _hold(self, bus: Connection, errand: Errand) -> None:
        held: _Held | None = None
        while True:
            if self._wanted and held is None:
                held = await self._ask(bus)
                self.name = held.by if held else ""
                self.tried.set()
                if held is None:
                    return
            elif not self._wanted and held is not None:
                await _in_time(held.release(), ANSWER_WITHIN)
                held = None
            if not await errand.woken():
                break
        if held is not None:  # the end of the connection would do; a session bus may outlive it by a moment
            await _in_time(held.release(), GOODBYE / 2)

    async def _ask(self, bus: Connection) -> _Held | None:
        for ask in self._asked:
            if held := await _in_time(ask(bus), ANSWER_WITHIN):
                return held
        return None


async def _in_time(work: Awaitable[_T], seconds: float) -> _T | None:
    """Return what ``work`` returns; None when that is refused, makes no sense or takes too long."""
    import asyncio  # noqa: PLC0415 - loaded with the connection

    from voicecoach.control.dbus import CallFailed  # noqa: PLC0415 - it has loaded dbus-fast already

    with suppress(TimeoutError, CallFailed, ValueError):
        async with asyncio.timeout(seconds):
            return await work
    return None


_SCREEN_SAVER: Final = "org.freedesktop.ScreenSaver"
_PORTAL: Final = "org.freedesktop.portal"
_LOGIND: Final = "org.freedesktop.login1"
_SUSPEND_AND_IDLE: Final = 4 | 8
"""The portal's flags for what is kept from happening; ``idle`` is the screen going dark and locking."""


async def _screen_saver(bus: Connection) -> _Held:
    call = partial(bus.call, _SCREEN_SAVER, "/org/freedesktop/ScreenSaver", _SCREEN_SAVER)
    (cookie,) = await call("Inhibit", "ss", _WHO, WHY)
    return _Held("the screen saver", partial(call, "UnInhibit", "u", cookie))


async def _portal(bus: Connection) -> _Held:
    from voicecoach.control.dbus import of_any_type  # noqa: PLC0415 - it has loaded dbus-fast already

    program, path = f"{_PORTAL}.Desktop", "/org/freedesktop/portal/desktop"
    reason = {"reason": of_any_type("s", WHY)}
    (request,) = await bus.call(
        program, path, f"{_PORTAL}.Inhibit", "Inhibit", "sua{sv}", "", _SUSPEND_AND_IDLE, reason
    )
    return _Held("the desktop portal", partial(bus.call, program, request, f"{_PORTAL}.Request", "Close"))


async def _logind(bus: Connection) -> _Held:
    path = "/org/freedesktop/login1"
    # Closing the lid and a sleep that somebody asks for stay as they are.
    asked = ("idle", _WHO, WHY, "block")
    file = await bus.file(_LOGIND, path, f"{_LOGIND}.Manager", "Inhibit", "ssss", *asked)

    async def release() -> None:
        os.close(file)

    return _Held("logind", release)


class _Caffeinate:
    """macOS: a program of the system that keeps it awake until this one ends."""

    def __init__(self) -> None:
        self.name = ""
        self.tried = threading.Event()
        self._running: subprocess.Popen[bytes] | None = None
        self._ending: list[subprocess.Popen[bytes]] = []

    def begin(self) -> None:
        self.hold()
        self.tried.set()

    def hold(self) -> None:
        if self._running is None and (program := shutil.which("caffeinate")):
            with suppress(OSError):
                self._running = subprocess.Popen(  # noqa: S603 - a fixed command
                    [program, "-di", "-w", str(os.getpid())],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
                self.name = "caffeinate"

    def let_go(self) -> None:
        if self._running is not None:
            self._running.terminate()
            self._ending.append(self._running)
            self._running = None

    def end(self) -> None:
        self.let_go()
        for each in self._ending:
            with suppress(subprocess.TimeoutExpired):
                each.wait(GOODBYE)


class _Windows:
    """Windows: a promise to a thread, which lasts as long as the thread does."""

    CONTINUOUS: Final = 0x80000000
    SYSTEM_AND_DISPLAY: Final = 0x1 | 0x2

    def __init__(self) -> None:
        self.name = ""
        self.tried = threading.Event()
        self._wanted = True
        self._ending = False
        self._changed = threading.Event()
        self._thread = threading.Thread(target=self._hold, name="awake", daemon=True)

    def begin(self) -> None:
        self._thread.start()

    def let_go(self) -> None:
        self._wanted = False
        self._changed.set()

    def hold(self) -> None:
        self._wanted = True
        self._changed.set()

    def end(self) -> None:
        self._ending = True
        self._changed.set()
        self._thread.join(GOODBYE)

    def _hold(self) -> None:
        import ctypes  # noqa: PLC0415 - needed only here

        # Looked up by name: type checkers on other systems do not know it.
        ask = getattr(ctypes, "windll").kernel32.SetThreadExecutionState  # noqa: B009
        while not self._ending:
            heard = ask(self.CONTINUOUS | (self.SYSTEM_AND_DISPLAY if self._wanted else 0))
            self.name = "Windows" if heard else ""
            self.tried.set()
            self._changed.wait()
            self._changed.clear()
        ask(self.CONTINUOUS)
