"""Other programs that play sound during a session (Linux).

``--pause-others`` pauses other players over MPRIS. ``--duck-others`` lowers them where the sound server can:
PulseAudio's module-role-ducking lowers streams of some roles (music and video by default) as long as a stream
of another role exists. The module's arguments name that role.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from voicecoach.clock import Clock
from voicecoach.control import mpris
from voicecoach.control.dbus_thread import Errand, bus_address
from voicecoach.control.paused_players import Note, Paused, PausedPlayers, left_over

if TYPE_CHECKING:
    from voicecoach.control.dbus import Connection


ANSWER_WITHIN: Final = 1.0
"""Seconds that a player may take to pause, and again to resume [own choice]."""
PATIENCE: Final = 1.0
"""The most seconds that the end of a session waits for all of them, as a key is obeyed within two; the next
start resumes those that did not go on by then."""
START_PATIENCE: Final = 3.0
"""The most seconds that a start waits for players that a killed session left paused [own choice]."""

RESUME_WITHIN: Final = 3600.0
"""Seconds after which music is not started again by itself, as nobody remembers it [own choice]."""
_SAME_PLACE: Final = 5_000_000
"""Microseconds by which a paused player may tell another position than a moment before [own choice]."""

GOES_ON: Final = "Resumed {name}, which an interrupted session had left paused."
STILL_PAUSED: Final = "{name} is still paused: an earlier session paused it and was interrupted."
NO_PAUSING_HERE: Final = "Other programs can be paused on Linux only; pause your music by hand."
NO_DESKTOP: Final = "Other players cannot be paused, because no desktop answers; pause your music by hand."

_OURS: Final = mpris.NAME
_STAND_IN: Final = f"{mpris.ROOT}.playerctld"
"""A proxy for the player used last, which may be this session."""


@contextmanager
def others_paused(notice: Callable[[str], None], clock: Clock) -> Iterator[None]:
    """Pause the players that are playing now, and resume those still paused after the block.

    Those that a killed session left paused not long ago are resumed with them. The start does not wait for
    them; the end waits :data:`PATIENCE` when one does not answer. ``notice`` gets a line about players that
    cannot be paused, and about those that stay paused.
    """
    address = bus_address()
    if address is None:
        notice(NO_PAUSING_HERE if sys.platform != "linux" else NO_DESKTOP)
        yield
        return
    errand = Errand(
        address, lambda bus, errand: _pause_and_resume(bus, errand, notice, clock), lambda: notice(NO_DESKTOP)
    )
    errand.begin()
    try:
        yield
    finally:
        errand.end(PATIENCE)


def resume_left_over(notice: Callable[[str], None], clock: Clock) -> None:
    """Resume the players that a killed session left paused, as far as they are as it left them.

    Waits for :data:`START_PATIENCE` at most, and not at all when there are none. After
    :data:`RESUME_WITHIN` they are only named.
    """
    address = bus_address()
    left = () if address is None else tuple(left_over())
    if address is None or not left:
        return

    async def resume(bus: Connection, _: Errand) -> None:
        for player in await _left_paused(bus, left, notice, clock):
            if await _told(player.resume()):
                notice(GOES_ON.format(name=player.name))

    errand = Errand(address, resume, lambda: None)
    errand.begin()
    errand.wait(START_PATIENCE)


@dataclass(slots=True)
class _Player:
    bus: Connection
    name: str
    """The program's name for people: "firefox"."""
    owner: str
    """Its connection; a player that is closed and started again has another one."""
    paused: Paused | None = None
    """Where it is to be paused; None when it does not play."""
    asked: bool = False
    """Whether this session asked it to pause."""

    async def find_playing(self) -> None:
        """Find out whether it is to be paused, and where it is."""
        if await self._status() == "Playing":
            self.paused = await self.here()

    async def pause(self) -> None:
        if self.paused:
            self.asked = True
            await self._ask("Pause")

    async def is_as_left(self, paused: Paused) -> bool:
        """Tell whether it is paused where a session left it."""
        if await self._status() != "Paused":
            return False
        here = await self.here()
        return here.track == paused.track and abs(here.position - paused.position) < _SAME_PLACE

    async def here(self) -> Paused:
        """Return where it is, as far as it tells that."""
        from voicecoach.control.dbus import CallFailed  # noqa: PLC0415 - it has loaded dbus-fast already

        track, position = "", 0
        with suppress(CallFailed, AttributeError, KeyError, TypeError):
            track = str((await self._get("Metadata"))["mpris:trackid"].value)
        with suppress(CallFailed, TypeError, ValueError):
            position = int(await self._get("Position"))
        return Paused(self.owner, self.name, track, position)

    async def resume(self) -> bool:
        """Let it play again if it is still paused, and tell whether it was."""
        if not self.asked or await self._status() != "Paused":
            return False
        await self._ask("Play")
        return True

    async def _status(self) -> object:
        return await self._get("PlaybackStatus")

    async def _get(self, name: str) -> Any:  # noqa: ANN401 - any type
        return await self.bus.get(self.owner, mpris.PATH, mpris.PLAYER, name)

    async def _ask(self, method: str) -> None:
        await self.bus.call(self.owner, mpris.PATH, mpris.PLAYER, method)


async def _pause_and_resume(
    bus: Connection, errand: Errand, notice: Callable[[str], None], clock: Clock
) -> None:
    from asyncio import gather  # noqa: PLC0415 - loaded with the connection

    left = await _left_paused(bus, tuple(left_over()), notice, clock)
    players = await _playing_or_not(bus)
    found = await gather(*(_in_time(player.find_playing()) for player in players))
    note = Note()
    to_pause = tuple(player.paused for player in (*left, *players) if player.paused)
    if to_pause:  # noted before they are asked, as this may be killed at any moment
        note.write(PausedPlayers(await bus.id(), clock.moment().timestamp(), to_pause))
    answered = await gather(*(_in_time(player.pause()) for player in players))
    good = (each and other for each, other in zip(found, answered, strict=True))
    if deaf := [player.name for player, answers in zip(players, good, strict=True) if not answers]:
        notice(f"No answer from {' and '.join(deaf)}, which may go on playing; pause it by hand.")
    while await errand.woken():
        pass
    await gather(*(_told(player.resume()) for player in (*left, *players)))
    note.remove()


async def _left_paused(
    bus: Connection, left: Sequence[PausedPlayers], notice: Callable[[str], None], clock: Clock
) -> list[_Player]:
    """Return the players that are as killed sessions left them, as if asked by this one.

    Those left longer ago than :data:`RESUME_WITHIN` are only named, to ``notice``.
    """
    found: dict[str, tuple[_Player, float]] = {}
    this_bus = await bus.id() if left else ""
    for note in left:
        for paused in note.players if note.bus == this_bus else ():
            player = _Player(bus, paused.name, paused.owner, paused, asked=True)
            if await _told(player.is_as_left(paused)):
                found[paused.owner] = (player, note.at)
    since = clock.moment().timestamp() - RESUME_WITHIN
    for player, at in found.values():
        if at < since:
            notice(STILL_PAUSED.format(name=player.name))
    return [player for player, at in found.values() if at >= since]


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


async def _told(question: Awaitable[bool]) -> bool:
    """Return the answer to ``question``; False when there is none in time."""
    told: list[bool] = []

    async def ask() -> None:
        told.append(await question)

    await _in_time(ask())
    return told == [True]


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


MODULE: Final = "module-role-ducking"
ROLE: Final = "a11y"
"""PulseAudio's role for speech that guides a person."""
MODULES_OWN: Final = "phone"
"""The role for which the module lowers others when it is loaded without arguments."""

NO_DUCKING_HERE: Final = "Other programs can be lowered on Linux only; turn your music down by hand."
CANNOT_TELL: Final = (
    "The sound server does not say whether other programs are lowered; "
    "if they are not, turn them down by hand."
)
NO_DUCKING: Final = (
    "Other programs are not lowered, because the sound server is not set up for it. "
    f"On PulseAudio, this sets it up: pactl load-module {MODULE}"
)

_ASK_WITHIN: Final = 2.0
"""Seconds for the sound server to answer [own choice]."""


@contextmanager
def others_ducked(notice: Callable[[str], None]) -> Iterator[None]:
    """Make streams opened inside the block lower other programs. Enter it before opening the output.

    ``notice`` gets one line when that does not work or cannot be known.
    """
    if sys.platform != "linux":
        notice(NO_DUCKING_HERE)
        yield
        return
    modules = _modules()
    if modules is None:
        notice(CANNOT_TELL)
    role = ROLE if modules is None else trigger(modules)
    if role is None:
        notice(NO_DUCKING)
        yield
        return
    before = os.environ.get("PULSE_PROP")
    os.environ["PULSE_PROP"] = f"{before or ''} media.role={role}".lstrip()
    try:
        yield
    finally:
        if before is None:
            del os.environ["PULSE_PROP"]
        else:
            os.environ["PULSE_PROP"] = before


def trigger(modules: str) -> str | None:
    """Return the role that lowers others, from the output of ``pactl list short modules``, or None."""
    for line in modules.splitlines():
        _, name, arguments, *_ = [*line.split("\t"), "", ""]
        if name == MODULE:
            given = re.search(r"""\btrigger_roles=["']?([^\s"']+)""", arguments)
            roles = re.split("[,/]", given[1]) if given else [MODULES_OWN]
            return ROLE if ROLE in roles else roles[0]
    return None


def _modules() -> str | None:
    """Return the modules loaded into the sound server, or None when it does not say."""
    pactl = shutil.which("pactl")
    if pactl is None:
        return None
    try:
        return subprocess.run(  # noqa: S603 - a fixed command
            [pactl, "list", "short", "modules"],
            check=True,
            capture_output=True,
            text=True,
            timeout=_ASK_WITHIN,
            env=os.environ | {"LC_ALL": "C.UTF-8"},
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
