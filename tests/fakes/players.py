"""A music player that other programs can pause."""

import threading
from contextlib import contextmanager

from voicecoach.control.bus_object import Interface, Method, Property
from voicecoach.control.dbus_thread import Errand, bus_address
from voicecoach.control.mpris import PATH, PLAYER, ROOT


class MusicPlayer:
    """With ``deaf`` it does not answer until :attr:`wakes` is set."""

    def __init__(self, name, status="Playing", *, deaf=False):
        self.name, self.status, self.calls = name, status, []
        self.wakes = threading.Event()
        if not deaf:
            self.wakes.set()

    def obey(self, call, status):
        self.calls.append(call)
        self.status = status

    async def serve(self, bus, errand):
        methods = {
            "Pause": Method(lambda: self.obey("Pause", "Paused")),
            "Play": Method(lambda: self.obey("Play", "Playing")),
        }
        status = Property("s", lambda: self.wakes.wait(20) and self.status)
        bus.serve(PATH, [Interface(PLAYER, methods, {"PlaybackStatus": status})])
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
