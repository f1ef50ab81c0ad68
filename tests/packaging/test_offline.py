"""Nothing of ours opens a connection to the internet, or leaves a file where it has no business.

Whole processes are traced, so that native libraries and the processes they start are seen too.
"""

import os
import re
import shutil
import subprocess
import sys

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


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_stays_offline_and_within_its_folders(command, tmp_path):
    pytest.importorskip("hibari")
    elsewhere, temporary, home = tmp_path / "elsewhere", tmp_path / "temporary", tmp_path / "home"
    sound_server = tmp_path / "runtime"
    for folder in (elsewhere, temporary, home, sound_server):
        folder.mkdir(mode=0o700)
    routine = tmp_path / "routine.yaml"
    routine.write_text(ROUTINE)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "ORT_"))},
        "HOME": str(elsewhere),
        "PYTHONDONTWRITEBYTECODE": "1",
        "TMPDIR": str(temporary),
        "VOICECOACH_HOME": str(home),
        "XDG_RUNTIME_DIR": str(sound_server),
    }
    environment.pop("DO_NOT_TRACK", None)
    trace = tmp_path / "trace"
    words = [word.format(routine=routine, folder=tmp_path) for word in COMMANDS[command]]
    subprocess.run(
        [*STRACE, "-o", trace, sys.executable, "-m", "voicecoach", *words],
        cwd=elsewhere,
        env=environment,
        capture_output=True,
        check=command != "doctor",  # which has status 1 where there is no loudspeaker
    )
    lines = trace.read_text(errors="replace").splitlines()
    assert [line for line in lines if INTERNET.search(line)] == []
    written = {path for line in lines for path in _written(line)}
    pulse = elsewhere / ".config"  # the sound server's own library makes an empty folder in it
    part = tmp_path / ".asked.wav"  # how the file's name begins until it is whole
    tried = tmp_path / ".voicecoach-"  # and what tries whether one can write there
    folders = map(str, (home, temporary, sound_server, pulse, part, tried, tmp_path / "asked.wav"))
    allowed = (*folders, "/dev/", "/proc/")
    assert {path for path in written if not path.startswith(allowed)} == set()
    assert any(path.startswith(str(home)) for path in written), "the trace saw nothing"
    left = {*elsewhere.rglob("*"), *temporary.rglob("*"), *tmp_path.glob("*asked*")}
    asked = {tmp_path / "asked.wav"} if command == "render" else set()
    assert left - {pulse, pulse / "pulse"} == asked


def _written(line):
    """The path that a traced call creates, or opens to be written; a call that failed is none."""
    found = WRITING.search(line)
    if not found or " = -1 " in line:
        return
    path, rest = found.groups()
    if not line.split("(")[0].endswith(("open", "openat")) or re.search(r"O_CREAT|O_WRONLY|O_RDWR", rest):
        yield path
