"""A virtual room: a private PulseAudio server with one loudspeaker, and a recorder that listens to it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from voicecoach.audio.pcm import Samples

T = TypeVar("T")
MISSING = [tool for tool in ("pulseaudio", "pactl", "parecord") if shutil.which(tool) is None]
"""The programs a room needs that are not installed."""
NEEDED = [pytest.mark.audio, pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}")]
"""The marks of a test that listens in a room."""


class Room:
    """The loudspeaker can be taken away and given back while something plays."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._server: subprocess.Popen[bytes] | None = None
        (folder / "runtime").mkdir(mode=0o700)
        self.environ = {
            "PULSE_SERVER": f"unix:{folder / 'socket'}",
            "PULSE_RUNTIME_PATH": str(folder / "runtime"),
            "PULSE_STATE_PATH": str(folder / "state"),
            "XDG_RUNTIME_DIR": str(folder / "runtime"),
        }
        self._sink = ""

    def run(self, *command: str) -> str:
        """What ``command`` prints, run against this room's server."""
        environ = os.environ | self.environ
        done = subprocess.run(command, env=environ, check=True, capture_output=True, text=True, timeout=30)
        return done.stdout

    def add_loudspeaker(self) -> None:
        self._sink = self.run(
            "pactl", "load-module", "module-null-sink", "sink_name=room", "rate=48000"
        ).strip()

    def remove_loudspeaker(self) -> None:
        self.run("pactl", "unload-module", self._sink)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Run the sound server inside the block, with one loudspeaker."""
        self.start()
        try:
            self.add_loudspeaker()
            yield
        finally:
            self.end()

    def start(self) -> None:
        """Start the sound server, without a loudspeaker."""
        command = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--log-target=null"]
        command += ["-L", f"module-native-protocol-unix socket={self.folder}/socket auth-anonymous=1"]
        self._server = subprocess.Popen(command, env=os.environ | self.environ, stderr=subprocess.DEVNULL)
        for _ in range(200):
            with suppress(subprocess.CalledProcessError):
                self.run("pactl", "info")
                return
            time.sleep(0.05)
        raise AssertionError("the sound server did not start")

    def signal(self, number: signal.Signals) -> None:
        """Send the sound server a signal: SIGSTOP lets it hang, and SIGCONT go on."""
        assert self._server
        self._server.send_signal(number)

    def end(self) -> None:
        """End the sound server, also one that hangs."""
        assert self._server
        self._server.kill()
        self._server.wait()
        (self.folder / "socket").unlink(missing_ok=True)

    @contextmanager
    def recorder(self, device: str = "room") -> Iterator[Recording]:
        """Record what is heard, from before the first sound to a little after the last."""
        command = (
            f"parecord -d {device}.monitor --rate=48000 --format=s16le --channels=1 --latency-msec=20 --raw"
        )
        with (self.folder / f"heard-{device}.raw").open("wb+") as file:
            environ = os.environ | self.environ
            process = subprocess.Popen(command.split(), stdout=file, stderr=subprocess.DEVNULL, env=environ)
            recording = Recording(Path(file.name))
            try:
                recording.wait_for(1)
                yield recording
            finally:
                process.send_signal(signal.SIGINT)
                with suppress(subprocess.TimeoutExpired):
                    process.wait(timeout=5)
                process.kill()  # as a server that hangs, hangs its recorder
                process.wait()


class Recording:
    """What a recorder has heard so far."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def frames(self) -> int:
        return self._path.stat().st_size // 2

    @property
    def samples(self) -> Samples:
        return np.fromfile(self._path, "<i2", self.frames)

    def wait_for(self, frames: int, limit: float = 10.0) -> None:
        """Wait until that many more frames are recorded."""
        goal, end = self.frames + frames, time.monotonic() + limit
        while self.frames < goal:
            assert time.monotonic() < end, "the recorder hears nothing, not even silence"
            time.sleep(0.01)


@contextmanager
def room() -> Iterator[Room]:
    """A running room. Its variables are in this process's environment meanwhile."""
    with tempfile.TemporaryDirectory(prefix="room-") as folder:
        made = Room(Path(folder))
        before = {name: os.environ.get(name) for name in made.environ}
        try:
            with made.running():
                os.environ.update(made.environ)
                yield made
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value


def tried(perform: Callable[[], tuple[Any, ...]], check: Callable[..., T], times: int = 3) -> T:
    """Do something and check what was heard. What was not as it should be is done again: a machine that stood
    still for a moment puts a gap into any program's sound, while a fault of the program comes every time.
    """
    for _ in range(times - 1):
        try:
            return check(*perform())
        except AssertionError as wrong:
            print(f"once more, as: {wrong}")
    return check(*perform())
