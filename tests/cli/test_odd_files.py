"""Whatever stands where a file should be: at once a line that names it, and what is kept stays."""

import os
import resource
import shutil
import signal
import subprocess
import sys

import pytest
from fakes.odd_files import NO_FILES, ODD
from naming import naming

from voicecoach.app.record import Recording
from voicecoach.safefiles import make_folder

pytestmark = pytest.mark.skipif(os.name != "posix", reason="makes pipes and devices")

PLAY = "--yes --output instant --voice silent"
SECONDS = 10
"""Within this much time each ends, on a machine with other work; most take a tenth of a second."""
REFUSED = {
    "HOME/data/routines/mine.yaml": (
        "play mine",
        "show mine",
        "check mine",
        "timeline mine",
        "plan explain mine",
        "plan dose cat_camel --routine mine",
        "new other --from mine",
        "render mine -o HERE/x.wav --voice silent",
    ),
    "HERE/own.yaml": ("play HERE/own.yaml", "show HERE/own.yaml", "check HERE/own.yaml"),
    "HERE/sheet.txt": ("new other --from HERE/sheet.txt",),
    "HOME/data/routines/exercises/cat_camel.yaml": ("exercises cat_camel", "play core", "check core"),
    "HOME/data/routines/programmes/mine.yaml": ("plan new --phase calm --programme mine",),
    "HOME/config/config.toml": ("config", "config set rate 140", "config edit", f"play quick {PLAY}", "home"),
    "HOME/data/profile.yaml": ("profile", f"play quick {PLAY}", "profile --up-at 7:00", "list"),
    "HOME/data/plan.yaml": ("plan", "today", "plan explain", f"play {PLAY}", "plan phase calm"),
    "HERE/back.db": ("restore HERE/back.db",),
    "HERE/music.mp3": (f"play quick {PLAY} --music HERE/music.mp3",),
}
"""Commands that cannot do without a file, by its place. Nothing is done then."""
SURVIVED = {
    "HOME/data/routines/mine.yaml": (
        "list",
        "home",
        "plan new --phase calm",
        "log walk --minutes 10",
        "exercises",
        "check HOME/data/routines",
    ),
    "HOME/data/routines/exercises/cat_camel.yaml": ("list", "exercises", "plan new --phase calm"),
    "HERE/own.yaml": ("check HERE",),
    "HOME/data/plan.yaml": (
        "home",
        "list",
        "stats",
        "plan new --phase calm",
        "plan stop",
        "plan dose curl_up",
    ),
    "HOME/data/profile.yaml": ("stats", "history", "keys"),
    "HOME/data/safety.json": (f"play quick {PLAY}", "play quick --output instant"),
    "HOME/data/met.json": (f"play quick {PLAY} --journal",),
    "HOME/cache/list.json": ("list",),
    "HOME/cache": ("list",),
    "HOME/data/journal.db": ("history", f"play quick {PLAY} --journal", "log walk --minutes 10", "list"),
    "HOME/data/journal.lock": ("history", "log walk --minutes 10"),
    "HOME/data/journal.playing": (f"play quick {PLAY} --journal",),
    "HOME/config/config.lock": ("config set rate 140",),
    "HOME/data": ("list", "history", f"play quick {PLAY} --journal", "new x", "plan new --phase calm"),
    "HOME/config": ("list", "config set rate 140"),
}
"""Commands that may go on without a file, or end with a line of their own."""
WRITTEN = {
    "HERE/out.html": "report -o HERE/out.html",
    "HERE/out.ics": "plan calendar -o HERE/out.ics",
    "HERE/out.svg": "figure bird_dog -o HERE/out.svg",
}


@pytest.fixture
def quickly():
    """A command that hangs is ended."""

    def bell(*_):
        raise TimeoutError("it hangs")

    before = signal.signal(signal.SIGALRM, bell)
    yield lambda: signal.setitimer(signal.ITIMER_REAL, SECONDS)
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def tried(run, home, tmp_path, monkeypatch, quickly):
    """Make what is odd at a place, and run a command; what it printed, and whether the odd thing is there."""
    monkeypatch.setenv("EDITOR", "true")

    def trying(place, make, command, *before):
        for each in tmp_path.iterdir():
            shutil.rmtree(each) if each.is_dir() and not each.is_symlink() else each.unlink()
        home.mkdir()

        def here(text):
            return text.replace("HOME", str(home)).replace("HERE", str(tmp_path))

        for each in before:
            assert run(*each.split()).status == 0
        path = type(home)(here(place))
        make_folder(path.parent)
        make(path)
        there = path.lstat()
        quickly()
        ran = run(*here(command).split())
        signal.setitimer(signal.ITIMER_REAL, 0)
        now = os.path.lexists(path) and path.lstat()
        same = bool(now) and (now.st_ino, now.st_mode, now.st_size) == (
            there.st_ino,
            there.st_mode,
            there.st_size,
        )
        left = [each.name for each in tmp_path.rglob(".*")]
        assert left == [], "unfinished files"
        return ran, str(path), same

    return trying


class Seen:
    """What each command printed, and with which status, by the place of what was odd."""

    def __init__(self):
        self._ran = {}

    def note(self, place, command, ran, path):
        lines = ran.err.splitlines() or ["as ever"]
        told = next((line for line in lines if path in line), lines[0])
        for name, short in ((path, place), (path.removesuffix(place.partition("/")[2]), place[:5])):
            told = told.replace(name, short)
        self._ran.setdefault((place, command), []).append((ran.status, told))

    def __str__(self):
        lines = [f"{'odd':<45} {'command':<45} {'kinds':>5} {'status':<7} seen"]
        for (place, command), ran in self._ran.items():
            statuses = ", ".join(map(str, sorted({status for status, _ in ran})))
            lines.append(f"{place:<45} {command[:45]:<45} {len(ran):>5} {statuses:<7} {ran[0][1][:110]}")
        return "\n".join(line.rstrip() for line in lines)


@pytest.mark.proof
def test_what_cannot_do_without_a_file_names_it(tried, some, record_property):
    cases = [(place, each, kind) for place, commands in REFUSED.items() for each in commands for kind in ODD]
    seen = Seen()
    for place, command, kind in some(cases):
        with naming(place, command, kind):
            ran, path, same = tried(place, ODD[kind], command)
            seen.note(place, command, ran, path)
            assert ran.status in {1, 2}
            assert path.rpartition("/")[2] in ran.err
            assert kind not in NO_FILES or len(ran.err.splitlines()) <= 3
            assert same
    record_property("table", f"Without the file nothing is done:\n{seen}")
    record_property("figure", f"{len(some(cases))} odd files in the place of what a command needs")


@pytest.mark.proof
def test_what_can_goes_on(tried, some, record_property):
    cases = [(place, each, kind) for place, commands in SURVIVED.items() for each in commands for kind in ODD]
    seen = Seen()
    for place, command, kind in some(cases):
        with naming(place, command, kind):
            ran, path, _ = tried(place, ODD[kind], command)
            seen.note(place, command, ran, path)
            assert ran.status in {0, 1, 2}
            assert kind not in NO_FILES or len(ran.err.splitlines()) <= 4
    record_property("table", f"Without the file most can be done:\n{seen}")
    record_property("figure", f"{len(some(cases))} odd files in the place of what a command can do without")


@pytest.mark.proof
def test_nothing_but_a_file_is_written_over(tried, some):
    cases = [(place, kind) for place in WRITTEN for kind in ("pipe", "socket", "folder", "loop")]
    for place, kind in some(cases):
        with naming(place, kind):
            before = ("plan new --phase calm", "log walk --minutes 10")
            ran, path, same = tried(place, NO_FILES[kind], WRITTEN[place], *before)
            assert (ran.status, ran.err.count("\n")) == (2, 1)
            assert path in ran.err
            assert same


def test_a_pipe_a_device_and_a_loop_at_every_place(tried):
    """The seeded share above may miss one of them."""
    for number, (place, commands) in enumerate((REFUSED | SURVIVED).items()):
        kind = ("pipe", "device", "loop")[number % 3]
        with naming(place, commands[0], kind):
            assert tried(place, NO_FILES[kind], commands[0])[0].status in {0, 1, 2}


@pytest.mark.processes
def test_nothing_odd_fills_the_memory(home, tmp_path):
    """Each file of 5 GB or without an end, in a program that may have 2 GB in all."""
    folder = home / "data" / "routines" / "exercises"
    folder.mkdir(parents=True)
    for kind in ("5 GB", "device"):
        NO_FILES[kind](home / "data" / "routines" / f"{kind[0]}x.yaml")
        NO_FILES[kind](folder / f"{kind[0]}x.yaml")
    NO_FILES["device"](home / "data" / "met.json")
    (home / "cache").mkdir()
    NO_FILES["5 GB"](home / "cache" / "list.json")
    for command in ("list", "exercises", "check dx", "play 5x", "plan new --phase calm", "doctor --help"):
        with naming(command):
            ended = subprocess.run(
                [sys.executable, "-m", "voicecoach", *command.split()],
                capture_output=True,
                check=False,
                text=True,
                timeout=60,
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30)),
            )
            assert "Traceback" not in ended.stderr
            assert ended.returncode in {0, 2}


def test_what_becomes_odd_while_a_session_plays(run, home, monkeypatch):
    """It is written down and its end is told, though the next time cannot be."""
    really = Recording.close
    for place in (
        "config/config.toml",
        "data/profile.yaml",
        "data/plan.yaml",
        "data/safety.json",
        "data/routines",
        "data/routines/walk.yaml",
        "data/routines/easy-walk.yaml",
    ):
        path = home / place

        def closing(self, summary, path=path):
            really(self, summary)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            os.mkfifo(path)

        with monkeypatch.context() as patch, naming(place):
            shutil.rmtree(home, ignore_errors=True)
            assert run("plan", "new", "--phase", "calm").status == 0
            patch.setattr(Recording, "close", closing)
            played = run("play", "quick", *PLAY.split(), "--journal")
            assert (played.status, played.err) == (0, "")
            assert "Done after" in played.out
