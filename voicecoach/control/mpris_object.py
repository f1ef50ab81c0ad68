"""Serves the session to other programs as a media player. Importing it loads dbus-fast."""

# No "from __future__ import annotations": the library reads the D-Bus types in them.

from collections.abc import Callable, Mapping
from typing import Annotated, Final

from dbus_fast import PropertyAccess, Variant
from dbus_fast.annotations import DBusDouble, DBusInt64, DBusObjectPath, DBusSignature, DBusStr
from dbus_fast.service import ServiceInterface, dbus_method, dbus_property, dbus_signal

from voicecoach.control.mpris import PLAYER, ROOT, MediaKeys, microseconds, percent
from voicecoach.session.commands import TABLE, Command
from voicecoach.session.levels import Volume

_READ: Final = PropertyAccess.READ
_METADATA: Final = {
    "mpris:trackid": "o",
    "mpris:length": "x",
    "xesam:title": "s",
    "xesam:album": "s",
    "xesam:artist": "as",
}
_ROOT: Final[Mapping[str, tuple[str, object]]] = {
    "Identity": ("s", "voicecoach"),
    "CanQuit": ("b", True),
    "CanRaise": ("b", False),
    "HasTrackList": ("b", False),
    "SupportedUriSchemes": ("as", []),
    "SupportedMimeTypes": ("as", []),
}
_PLAYER: Final[Mapping[str, tuple[str, object]]] = {
    "MinimumRate": ("d", 1.0),
    "MaximumRate": ("d", 1.0),
    **dict.fromkeys(("CanGoNext", "CanGoPrevious", "CanPlay", "CanPause", "CanControl"), ("b", True)),
    "CanSeek": ("b", False),
}
"""The properties that never change, with their types and values."""


class MediaRoot(ServiceInterface):
    """The program."""

    def __init__(self, send: Callable[[Command], None]) -> None:
        super().__init__(ROOT)
        self._send = send

    @dbus_method("Raise")
    def raise_window(self) -> None:
        """Do nothing: there is no window."""

    @dbus_method("Quit")
    def quit(self) -> None:
        self._send(Command.STOP)


class MediaPlayer(ServiceInterface):
    """The session. It ignores seeking, lists and files, as the standard demands."""

    def __init__(self, played: MediaKeys, send: Callable[[Command | Volume], None]) -> None:
        super().__init__(PLAYER)
        self._played = played
        self._send = send

    @dbus_method("Play")
    def play(self) -> None:
        self._send(self._played.now.meant(Command.RESUME))

    @dbus_method("Seek")
    def seek(self, offset: DBusInt64) -> None:
        """Do nothing."""

    @dbus_method("SetPosition")
    def set_position(self, track: DBusObjectPath, position: DBusInt64) -> None:
        """Do nothing."""

    @dbus_method("OpenUri")
    def open_uri(self, uri: DBusStr) -> None:
        """Do nothing."""

    @dbus_property(_READ, "PlaybackStatus")
    def status(self) -> DBusStr:
        return self._played.now.status

    @dbus_property(_READ, "Metadata")
    def metadata(self) -> Annotated[dict[str, Variant], DBusSignature("a{sv}")]:
        return {name: Variant(_METADATA[name], value) for name, value in self._played.now.metadata.items()}

    @dbus_property(_READ, "Position")
    def position(self) -> DBusInt64:
        return microseconds(self._played.at)

    @dbus_property(name="Volume")
    def volume(self) -> DBusDouble:
        return self._played.now.volume / 100

    @volume.setter
    def set_volume(self, volume: DBusDouble) -> None:
        if (level := percent(volume)) is not None:
            self._send(Volume(level))

    @dbus_property(name="Rate")
    def rate(self) -> DBusDouble:
        return 1.0

    @rate.setter
    def set_rate(self, rate: DBusDouble) -> None:
        if rate == 0:  # the standard defines a rate of 0 as a pause
            self._send(Command.PAUSE)

    @dbus_signal("Seeked")
    def seeked(self) -> DBusInt64:
        """Announce a jump of the position."""
        return microseconds(self._played.at)

    def told(self) -> dict[str, object]:
        """Return the present values of the announced properties."""
        return {"PlaybackStatus": self.status, "Metadata": self.metadata, "Volume": self.volume}


def _add_constant(interface: type[ServiceInterface], name: str, signature: str, value: object) -> None:
    def get(_: object) -> object:
        return value

    get.__name__ = name  # the library asks the interface for an attribute of this name
    get.__annotations__["return"] = signature
    setattr(interface, name, dbus_property(_READ, name)(get))


def _add_button(name: str, command: Command) -> None:
    def press(player: MediaPlayer) -> None:
        player._send(player._played.now.meant(command))  # noqa: SLF001 - it becomes a method of that class

    setattr(MediaPlayer, name, dbus_method(name)(press))


for _interface, _constants in ((MediaRoot, _ROOT), (MediaPlayer, _PLAYER)):
    for _name, _constant in _constants.items():
        _add_constant(_interface, _name, *_constant)
for _row in TABLE:
    if _row.media_key:
        _add_button(_row.media_key, _row.command)
