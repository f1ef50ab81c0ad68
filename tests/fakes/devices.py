"""A thread of the devices that is none: it does at once what was begun, unless it hangs."""

from voicecoach.audio.device_thread import DeviceThread, Task


class FakeDevices(DeviceThread):
    """Waiting for it takes no time but that of ``clock``."""

    def __init__(self, clock):
        super().__init__()
        self.clock, self.tasks, self.hangs = clock, [], False

    def begin(self, do):
        task = Task(do)
        self.tasks.append(task)
        self.work()
        return task

    def work(self):
        while self.tasks and not self.hangs:
            self.tasks.pop(0).run()

    def go_on(self):
        """Answer again."""
        self.hangs = False
        self.work()

    def wait(self, task, limit):
        if not self.is_stuck and not task.is_done:
            self.clock.sleep(limit)
        return task.is_done
