"""A connection to the desktop's message bus (D-Bus).

Only this module and ``mpris_object`` import dbus-fast. Import them in the thread that connects, because that
takes 70 ms.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any, Final

from dbus_fast import Message, MessageType, NameFlag, RequestNameReply, Variant
from dbus_fast.aio import MessageBus
from dbus_fast.service import ServiceInterface

DBUS: Final = "org.freedesktop.DBus"
PROPERTIES: Final = f"{DBUS}.Properties"


def of_any_type(signature: str, value: object) -> Variant:
    """Return ``value`` for where the type is told along with it."""
    return Variant(signature, value)


class CallFailed(Exception):
    """Raised when a program answers with an error or is gone."""


class BusGone(Exception):
    """Raised when the bus itself is gone because the desktop session is over."""


async def connect(address: str, gone: Callable[[], None], *, files: bool = False) -> Connection:
    """Open a connection; ``gone()`` is called when it breaks. Raises whatever goes wrong.

    Without ``files`` nobody can pass an open file over it.
    """
    logging.getLogger("dbus_fast").addHandler(logging.NullHandler())  # else it writes to the terminal
    bus = await MessageBus(address, negotiate_unix_fd=files).connect()
    lost = asyncio.ensure_future(bus.wait_for_disconnect())  # type: ignore[no-untyped-call] # has none

    def look(_: object) -> None:
        if not lost.cancelled():
            lost.exception()  # fetched, because asyncio complains about unfetched ones
        gone()

    lost.add_done_callback(look)
    return Connection(bus, lost)


class Connection:
    """An open connection to the bus."""

    def __init__(self, bus: MessageBus, lost: asyncio.Future[None]) -> None:
        self._bus = bus
        self._lost = lost

    async def close(self) -> None:
        self._bus.disconnect()
        await asyncio.wait([self._lost], timeout=1)

    async def own(self, name: str) -> bool:
        """Take ``name``; False when another program has it."""
        reply = await self._bus.request_name(name, NameFlag.DO_NOT_QUEUE)
        return reply is RequestNameReply.PRIMARY_OWNER

    async def names(self) -> list[str]:
        """Return all names on the bus."""
        (names,) = await self.call(DBUS, "/org/freedesktop/DBus", DBUS, "ListNames")
        return list(names)

    async def id(self) -> str:
        """Return the name of this bus, which no other one has."""
        (name,) = await self.call(DBUS, "/org/freedesktop/DBus", DBUS, "GetId")
        return str(name)

    async def owner(self, name: str) -> str:
        """Return the connection that owns ``name`` now; a connection is never passed to another program."""
        (owner,) = await self.call(DBUS, "/org/freedesktop/DBus", DBUS, "GetNameOwner", "s", name)
        return str(owner)

    async def get(self, program: str, path: str, interface: str, name: str) -> Any:  # noqa: ANN401 - any type
        """Read a property of another program, however long it takes. Raises CallFailed."""
        answer = await self.call(program, path, PROPERTIES, "Get", "ss", interface, name)
        match answer:
            case [Variant() as variant]:
                return variant.value
        raise CallFailed(f"{program} did not answer with a value")

    async def call(
        self, program: str, path: str, interface: str, method: str, signature: str = "", *arguments: object
    ) -> list[Any]:
        """Call another program and return its answer, however long it takes. Raises CallFailed."""
        return list((await self._answer(program, path, interface, method, signature, arguments)).body)

    async def file(
        self, program: str, path: str, interface: str, method: str, signature: str = "", *arguments: object
    ) -> int:
        """Call another program and return the open file that it passes. Raises CallFailed."""
        answer = await self._answer(program, path, interface, method, signature, arguments)
        if len(answer.unix_fds) != 1:
            raise CallFailed(f"{program} {interface}.{method} did not pass a file")
        return int(answer.unix_fds[0])

    async def _answer(
        self,
        program: str,
        path: str,
        interface: str,
        method: str,
        signature: str,
        arguments: tuple[object, ...],
    ) -> Message:
        reply = await self._bus.call(
            Message(
                destination=program,
                path=path,
                interface=interface,
                member=method,
                signature=signature,
                body=list(arguments),
            )
        )
        if reply.message_type is MessageType.ERROR:
            raise CallFailed(f"{program} {interface}.{method}: {reply.error_name}")
        return reply

    def serve(self, path: str, *interfaces: ServiceInterface) -> None:
        """Answer requests to the object at ``path`` from now on."""
        for interface in interfaces:
            self._bus.export(path, interface)

    def alive(self) -> None:
        """Raise BusGone unless the bus still runs."""
        if not self._bus.connected:
            raise BusGone
