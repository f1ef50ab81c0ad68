"""``--pause-others``: pauses other players during a session (Linux, over MPRIS)."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from voicecoach.control import mpris
from voicecoach.control.dbus_thread import Errand, bus_address

if TYPE_CHECKING:
    from voicecoach.control.dbus import Connection


ANSWER_WITHIN: Final = 1.0
"""Seconds that a player may take to pause, and again to resume [own choice]."""
PATIENCE: Final = 2 * ANSWER_WITHIN + 1
"""The most seconds that the end of a session waits for all of them."""

ELSEWHERE: Final = "Other programs can be paused on Linux only; pause your music by hand."
NO_DESKTOP: Final = "Other players cannot be paused, because no desktop answers; pause your music by hand."

_OURS: Final = mpris.NAME
_STAND_IN: Final = f"{mpris.ROOT}.playerctld"
"""A proxy for the player used last, which may be this session."""


@contextmanager
def others_paused(notice: Callable[[str], None]) -> Iterator[None]:
    """Pause the players that are playing now, and resume those still paused after the block.

    The start does not wait for them; the end waits :data:`PATIENCE` when one does not answer. ``notice`` gets
    a line about players that cannot be paused.
    """
    address = bus_address()
    if address is None:
        notice(ELSEWHERE if sys.platform != "linux" else NO_DESKTOP)
        yield
        return
    errand = Errand(
        address, lambda bus, errand: _pause_and_resume(bus, errand, notice), lambda: notice(NO_DESKTOP)
    )
    errand.begin()
    try:
        yield
    finally:
        errand.end(PATIENCE)


@dataclass(slots=True)
class _Player:
    bus: Connection
    name: str
    """The program's name for people: "firefox"."""
    owner: str
    """Its connection; a player that is closed and started again has another one."""
    asked: bool = False
    """Whether this session asked it to pause."""

    async def pause(self) -> None:
        if await self._status() == "Playing":
            self.asked = True
            await self._ask("Pause")

    async def resume(self) -> None:
        if self.asked and await self._status() == "Paused":
            await self._ask("Play")

    async def _status(self) -> object:
        return await self.bus.get(self.owner, mpris.PATH, mpris.PLAYER, "PlaybackStatus")

    async def _ask(self, method: str) -> None:
        await self.bus.call(self.owner, mpris.PATH, mpris.PLAYER, method)


async def _pause_and_resume(bus: Connection, errand: Errand, notice: Callable[[str], None]) -> None:
    from asyncio import gather  # noqa: PLC0415 - loaded with the connection

    players = await _playing_or_not(bus)
    answered = await gather(*(_in_time(player.pause()) for player in players))
    if deaf := [player.name for player, good in zip(players, answered, strict=True) if not good]:
        notice(f"No answer from {' and '.join(deaf)}, which may go on playing; pause it by hand.")
    while await errand.woken():
        pass
    await gather(*(_in_time(player.resume()) for player in players))


async def _playing_or_not(bus: Connection) -> list[_Player]:
    """Return each player on the bus once, except coaches like this one."""
    from voicecoach.control.dbus import CallFailed  # noqa: PLC0415 - it has loaded dbus-fast already

    found: dict[str, _Player] = {}
    for name in await bus.names():
        if name.startswith(f"{mpris.ROOT}.") and not name.startswith((_OURS, _STAND_IN)):
            with suppress(CallFailed):  # it has ended since
                owner = await bus.owner(name)
                found[owner] = _Player(bus, name.removeprefix(f"{mpris.ROOT}.").split(".")[0], owner)
    return list(found.values())


async def _in_time(work: Awaitable[None]) -> bool:
    """Do ``work``; False when the player does not answer in time. A player that ended or refused counts as
    an answer.
    """
    import asyncio  # noqa: PLC0415 - loaded with the connection

    from voicecoach.control.dbus import CallFailed  # noqa: PLC0415 - it has loaded dbus-fast already

    try:
        async with asyncio.timeout(ANSWER_WITHIN):
            await work
    except TimeoutError:
        return False
    except CallFailed:
        pass
    return True
