"""A connection to the desktop's message bus (D-Bus). The only file that imports dbus-fast.

Import it in the thread that connects, because that takes 70 ms.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from dbus_fast import (
    ArgDirection,
    DBusError,
    ErrorType,
    Message,
    MessageType,
    NameFlag,
    PropertyAccess,
    RequestNameReply,
    Variant,
)
from dbus_fast import introspection as xml
from dbus_fast.aio import MessageBus
from dbus_fast.signature import get_signature_tree

from voicecoach.control.bus_object import Interface, Property, Typed

DBUS: Final = "org.freedesktop.DBus"
PROPERTIES: Final = f"{DBUS}.Properties"


class CallFailed(Exception):
    """Raised when a program answers with an error or is gone."""


class BusGone(Exception):
    """Raised when the bus itself is gone because the desktop session is over."""


async def connect(address: str, gone: Callable[[], None]) -> Connection:
    """Open a connection; ``gone()`` is called when it breaks. Raises whatever goes wrong."""
    logging.getLogger("dbus_fast").addHandler(logging.NullHandler())  # else it writes to the terminal
    bus = await MessageBus(address).connect()
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

    async def owner(self, name: str) -> str:
        """Return the connection that owns ``name`` now; a connection is never passed to another program."""
        asked = [Typed("s", name)]
        (owner,) = await self.call(DBUS, "/org/freedesktop/DBus", DBUS, "GetNameOwner", asked)
        return str(owner)

    async def get(self, program: str, path: str, interface: str, name: str) -> Any:  # noqa: ANN401 - any type
        """Read a property of another program, however long it takes. Raises CallFailed."""
        asked = [Typed("s", interface), Typed("s", name)]
        answer = await self.call(program, path, PROPERTIES, "Get", asked)
        match answer:
            case [Variant() as variant]:
                return variant.value
        raise CallFailed(f"{program} did not answer with a value")

    async def call(
        self, program: str, path: str, interface: str, method: str, arguments: Iterable[Typed] = ()
    ) -> list[Any]:
        """Call another program and return its answer, however long it takes. Raises CallFailed."""
        signature, body = _marshalled(arguments)
        reply = await self._bus.call(
            Message(
                destination=program,
                path=path,
                interface=interface,
                member=method,
                signature=signature,
                body=body,
            )
        )
        if reply.message_type is MessageType.ERROR:
            raise CallFailed(f"{program} {interface}.{method}: {reply.error_name}")
        return list(reply.body)

    def serve(self, path: str, interfaces: Iterable[Interface]) -> None:
        """Answer requests to the object at ``path`` from now on."""
        tables = {interface.name: interface for interface in interfaces}
        self._bus.add_message_handler(
            lambda message: _answer(message, tables) if message.path == path else None
        )

    def announce(self, path: str, interface: str, changed: Mapping[str, Typed]) -> None:
        """Tell everybody the new values of properties."""
        told = [Typed("s", interface), Typed("a{sv}", changed), Typed("as", [])]
        self.signal(path, PROPERTIES, "PropertiesChanged", told)

    def signal(self, path: str, interface: str, name: str, told: Iterable[Typed]) -> None:
        """Tell everybody that something happened. Raises BusGone."""
        if not self._bus.connected:
            raise BusGone
        self._bus.send(Message.new_signal(path, interface, name, *_marshalled(told)))


def _answer(message: Message, tables: Mapping[str, Interface]) -> Message | None:
    """Answer a call; None leaves it to the library, which refuses unknown calls.

    Raises DBusError, which the library sends as an answer.
    """
    if message.message_type is not MessageType.METHOD_CALL:
        return None
    if (message.interface, message.member) == (f"{DBUS}.Introspectable", "Introspect"):
        return Message.new_method_return(message, "s", [_described(tables).tostring()])
    if message.interface == PROPERTIES:
        return _property_answer(message, tables)
    for table in tables.values():
        method = table.methods.get(message.member or "")
        if method and message.interface in {table.name, None} and message.signature == method.signature:
            method.do(*message.body)
            return Message.new_method_return(message)
    return None


def _property_answer(message: Message, tables: Mapping[str, Interface]) -> Message | None:
    match message.member, message.signature, message.body:
        case "Get", "ss", [interface, name]:
            return _returned(message, Typed("v", _found(tables, interface, name).typed))
        case "GetAll", "s", [interface]:
            properties = tables[interface].properties if interface in tables else {}
            return _returned(message, Typed("a{sv}", {name: each.typed for name, each in properties.items()}))
        case "Set", "ssv", [interface, name, variant]:
            found = _found(tables, interface, name)
            if found.set is None:
                raise DBusError(ErrorType.PROPERTY_READ_ONLY, f"{name} cannot be set.")
            if variant.signature != found.signature:
                raise DBusError(ErrorType.INVALID_SIGNATURE, f"{name} has the type {found.signature}.")
            found.set(variant.value)
            return Message.new_method_return(message)
    return None


def _found(tables: Mapping[str, Interface], interface: str, name: str) -> Property:
    if interface in tables and (found := tables[interface].properties.get(name)):
        return found
    raise DBusError(ErrorType.UNKNOWN_PROPERTY, f"There is no {interface}.{name}.")


def _returned(message: Message, value: Typed) -> Message:
    return Message.new_method_return(message, *_marshalled([value]))


def _marshalled(values: Iterable[Typed]) -> tuple[str, list[Any]]:
    """Convert types and values for the library."""
    values = list(values)
    return "".join(each.signature for each in values), [_marshalled_value(each) for each in values]


def _marshalled_value(typed: Typed) -> Any:  # noqa: ANN401 - as its signature says
    match typed.signature:
        case "v":
            return Variant(typed.value.signature, _marshalled_value(typed.value))
        case "a{sv}":
            return {name: _marshalled_value(Typed("v", inner)) for name, inner in typed.value.items()}
    return typed.value


def _described(tables: Mapping[str, Interface]) -> xml.Node:
    """Describe an object for programs that ask before they call."""
    node = xml.Node.default()
    for table in tables.values():
        methods = [
            xml.Method(name, in_args=_arguments(each.signature, ArgDirection.IN))
            for name, each in table.methods.items()
        ]
        signals = [
            xml.Signal(name, _arguments(types, ArgDirection.OUT)) for name, types in table.signals.items()
        ]
        properties = [_described_property(name, each) for name, each in table.properties.items()]
        node.interfaces.append(xml.Interface(table.name, methods, signals, properties))
    return node


def _described_property(name: str, prop: Property) -> xml.Property:
    access = PropertyAccess.READWRITE if prop.set else PropertyAccess.READ
    notes = {} if prop.announced else {f"{DBUS}.Property.EmitsChangedSignal": "false"}
    return xml.Property(name, prop.signature, access, notes)


def _arguments(signature: str, direction: ArgDirection) -> list[xml.Arg]:
    return [xml.Arg(each, direction) for each in get_signature_tree(signature).types]
