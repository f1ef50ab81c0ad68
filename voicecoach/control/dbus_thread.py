"""Runs a task on the desktop's message bus (D-Bus) beside a session, in a thread of its own."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import asyncio

    from voicecoach.control.dbus import Connection


CONNECT_WITHIN: Final = 3.0
"""Seconds after which a bus that does not answer counts as missing [own choice]."""


def bus_address() -> str | None:
    """Return the address of the desktop's bus, or None when there is no desktop or no bus."""
    if sys.platform != "linux":
        return None
    if given := os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return None if given.startswith("disabled:") else given
    socket = Path(os.environ.get("XDG_RUNTIME_DIR") or "/nowhere", "bus")
    return f"unix:path={socket}" if socket.exists() else None


def system_bus_address() -> str | None:
    """Return the address of the computer's own bus, or None when it has none."""
    if sys.platform != "linux":
        return None
    if given := os.environ.get("DBUS_SYSTEM_BUS_ADDRESS"):
        return given
    socket = Path("/run/dbus/system_bus_socket")
    return f"unix:path={socket}" if socket.exists() else None


class Errand:
    """Runs ``do`` on the bus at ``address`` from :meth:`begin` to :meth:`end`.

    ``do`` gets the open connection and this errand, and returns soon after :meth:`woken` gave False.
    ``failed()`` is called in the errand's thread when ``do`` fails; but not after the end, when there may be
    no screen left for a message. With ``files``, programs may pass open files over the connection.
    """

    def __init__(
        self,
        address: str,
        do: Callable[[Connection, Errand], Awaitable[None]],
        failed: Callable[[], None],
        *,
        files: bool = False,
    ) -> None:
        self._address = address
        self._files = files
        self._do = do
        self._failed = failed
        self._ending = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._awake: asyncio.Event | None = None
        self._thread = threading.Thread(target=self._run, name="message bus", daemon=True)

    def begin(self) -> None:
        """Start the thread, without waiting until it is connected."""
        self._thread.start()

    def wake(self) -> None:
        """Make :meth:`woken` return. May be called from any thread at any time."""
        loop, awake = self._loop, self._awake
        if loop and awake:  # else ``do`` has not begun, and will see the news when it does
            with suppress(RuntimeError):  # the loop was closed meanwhile
                loop.call_soon_threadsafe(awake.set)

    async def woken(self) -> bool:
        """Wait, in ``do``, for :meth:`wake`; False means that it is time to end."""
        assert self._awake
        if not self._ending:
            await self._awake.wait()
            self._awake.clear()
        return not self._ending

    def end(self, patience: float) -> None:
        """Let ``do`` end, and wait for that for at most ``patience`` seconds."""
        self._ending = True
        self.wake()
        self._thread.join(patience)

    def wait(self, patience: float) -> None:
        """Wait until ``do`` has ended by itself, for at most ``patience`` seconds."""
        self._thread.join(patience)
        self._ending = True

    def _run(self) -> None:
        try:
            import asyncio  # noqa: PLC0415 - takes 40 ms, which delay nobody in this thread

            asyncio.run(self._visit())
        except Exception:  # noqa: BLE001 - after any error the session goes on without the bus
            if not self._ending:
                self._failed()

    async def _visit(self) -> None:
        import asyncio  # noqa: PLC0415 - as above

        from voicecoach.control import dbus  # noqa: PLC0415 - dbus-fast loads with it

        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda *_: None)  # a dying bus must not print over the session
        self._awake = asyncio.Event()
        self._loop = loop
        async with asyncio.timeout(CONNECT_WITHIN):
            bus = await dbus.connect(self._address, self._bus_is_gone, files=self._files)
        try:
            with suppress(dbus.BusGone):
                await self._do(bus, self)
        finally:
            await bus.close()

    def _bus_is_gone(self) -> None:
        self._ending = True
        self.wake()
