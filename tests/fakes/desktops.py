"""What keeps a computer awake, as programs on a private bus: a screen saver, a desktop portal and logind."""

import asyncio
import os
import threading
from contextlib import contextmanager
from typing import Annotated

from voicecoach.control.dbus_thread import Errand


class Keeper:
    """Serves one interface that takes requests to stay awake.

    ``held`` counts those not given back. With ``deaf`` it never answers, with ``refuses`` it says no.
    """

    def __init__(self, address, name, *, deaf=False, refuses=False):
        self.address, self.name, self.deaf, self.refuses = address, name, deaf, refuses
        self.ready, self.asked, self.held = False, [], 0
        self.files = []
        """The own ends of the files that were passed."""
        self._ended = threading.Event()

    def take(self, *what):
        from dbus_fast import DBusError  # noqa: PLC0415 - as the program itself, on the bus's thread alone

        self.asked.append(what)
        if self.refuses:
            raise DBusError("org.example.No", "no")
        if self.deaf:
            self._ended.wait(20)
        self.held += 1

    def open_files(self):
        """How many of the passed files are open elsewhere."""
        return sum(_is_held(file) for file in self.files)

    async def serve(self, bus, errand):
        for path, interface in _objects(self):
            bus.serve(path, interface)
        self.ready = await bus.own(self.name)
        while await errand.woken():
            pass

    @contextmanager
    def running(self):
        errand = Errand(self.address, self.serve, lambda: None, files=True)
        errand.begin()
        try:
            yield self
        finally:
            self._ended.set()
            errand.end(10)


def _is_held(file):
    """Tell whether the other end of a pipe is open: a file that is closed everywhere reads as empty."""
    try:
        return os.read(file, 1) != b""
    except BlockingIOError:
        return True


def _objects(keeper):
    from dbus_fast.annotations import (  # noqa: PLC0415 - as above
        DBusObjectPath,
        DBusSignature,
        DBusStr,
        DBusUInt32,
        DBusUnixFd,
    )
    from dbus_fast.service import ServiceInterface, dbus_method  # noqa: PLC0415 - the same

    class ScreenSaver(ServiceInterface):
        @dbus_method("Inhibit")
        def inhibit(self, who: DBusStr, why: DBusStr) -> DBusUInt32:
            keeper.take(who, why)
            return 77

        @dbus_method("UnInhibit")
        def uninhibit(self, cookie: DBusUInt32):
            assert cookie == 77
            keeper.held -= 1

    class Portal(ServiceInterface):
        @dbus_method("Inhibit")
        def inhibit(
            self, window: DBusStr, flags: DBusUInt32, options: Annotated[dict, DBusSignature("a{sv}")]
        ) -> DBusObjectPath:
            keeper.take(window, flags, options["reason"].value)
            return "/request/1"

    class Request(ServiceInterface):
        @dbus_method("Close")
        def close(self):
            keeper.held -= 1

    class Logind(ServiceInterface):
        @dbus_method("Inhibit")
        def inhibit(self, what: DBusStr, who: DBusStr, why: DBusStr, mode: DBusStr) -> DBusUnixFd:
            keeper.take(what, who, why, mode)
            mine, passed = os.pipe()
            os.set_blocking(mine, False)
            keeper.files.append(mine)
            asyncio.get_running_loop().call_later(0.1, os.close, passed)  # when it was sent
            return passed

    return {
        "org.freedesktop.ScreenSaver": [
            ("/org/freedesktop/ScreenSaver", ScreenSaver("org.freedesktop.ScreenSaver"))
        ],
        "org.freedesktop.portal.Desktop": [
            ("/org/freedesktop/portal/desktop", Portal("org.freedesktop.portal.Inhibit")),
            ("/request/1", Request("org.freedesktop.portal.Request")),
        ],
        "org.freedesktop.login1": [("/org/freedesktop/login1", Logind("org.freedesktop.login1.Manager"))],
    }[keeper.name]
