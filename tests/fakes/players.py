"""A music player that other programs can pause."""

import threading
from contextlib import contextmanager

from voicecoach.control.dbus_thread import Errand, bus_address
from voicecoach.control.mpris import PATH, PLAYER, ROOT


class MusicPlayer:
    """With ``deaf`` it does not answer until :attr:`wakes` is set; a ``stuck`` one cannot play again."""

    def __init__(self, name, status="Playing", *, deaf=False, stuck=False):
        self.name, self.status, self.calls, self.stuck = name, status, [], stuck
        self.track, self.position = "/track/7", 1_000_000
        self.wakes = threading.Event()
        self.ready = False
        if not deaf:
            self.wakes.set()

    def obey(self, call, status):
        self.calls.append(call)
        self.status = status

    async def serve(self, bus, errand):
        bus.serve(PATH, _player(self))
        self.ready = await bus.own(f"{ROOT}.{self.name}")
        while await errand.woken():
            pass

    @contextmanager
    def running(self):
        errand = Errand(bus_address(), self.serve, lambda: None)
        errand.begin()
        yield self
        self.wakes.set()
        errand.end(10)


def _player(music):
    from dbus_fast import DBusError, PropertyAccess, Variant  # noqa: PLC0415 - as the program itself, on the bus's thread alone
    from dbus_fast.annotations import DBusDict, DBusInt64, DBusStr  # noqa: PLC0415 - the same
    from dbus_fast.service import ServiceInterface, dbus_method, dbus_property  # noqa: PLC0415 - the same

    class Player(ServiceInterface):
        @dbus_method("Pause")
        def pause(self):
            music.obey("Pause", "Paused")

        @dbus_method("Play")
        def play(self):
            if music.stuck:
                raise DBusError("org.voicecoach.Stuck", "no track")
            music.obey("Play", "Playing")

        @dbus_property(PropertyAccess.READ, "PlaybackStatus")
        def status(self) -> DBusStr:
            if music.ready:  # the library asks by itself before that
                music.wakes.wait(20)
            return music.status

        @dbus_property(PropertyAccess.READ, "Metadata")
        def metadata(self) -> DBusDict:
            return {"mpris:trackid": Variant("o", music.track)}

        @dbus_property(PropertyAccess.READ, "Position")
        def position(self) -> DBusInt64:
            return music.position

    return Player(PLAYER)
