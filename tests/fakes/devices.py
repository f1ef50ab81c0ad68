"""A thread of the devices that is none: it does at once what was begun, unless it hangs."""

from concurrent.futures import Future

from voicecoach.audio.loudspeaker import DeviceThread


class FakeDevices(DeviceThread):
    """Waiting for it takes no time but that of ``clock``."""

    def __init__(self, clock):
        super().__init__()
        self.clock, self.jobs, self.hangs = clock, [], False

    def begin(self, do):
        future = Future()
        self.jobs.append((future, do))
        self.work()
        return future

    def work(self):
        while self.jobs and not self.hangs:
            future, do = self.jobs.pop(0)
            try:
                future.set_result(do())
            except Exception as failure:  # noqa: BLE001 - as the real one
                future.set_exception(failure)

    def go_on(self):
        """Answer again."""
        self.hangs = False
        self.work()

    def wait(self, future, limit):
        if not self.is_stuck and not future.done():
            self.clock.sleep(limit)
        return future.done()
