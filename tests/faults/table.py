"""The faults that are tried on a session: one row each, with what must be told.

To add one, add a row to :data:`TABLE`: how it strikes a :class:`~faults.stage.Stage`, how it goes away
again, and what stands on the screen, once. Whatever the fault, the person can leave within two seconds, no
process is left, no set is lost or written down twice, the terminal is as it was, and nothing looks like a
programmer's message.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from faults.stage import Moment

if TYPE_CHECKING:
    from faults.stage import Stage

PLAYING: Final = tuple(each for each in Moment if each not in {Moment.START, Moment.QUESTION})
EVERYWHERE: Final = tuple(Moment)
UNWRITTEN: Final = tuple(each for each in PLAYING if each is not Moment.END)
"""Moments after which something is to be written."""
SOUNDING: Final = tuple(each for each in PLAYING if each not in {Moment.PAUSE, Moment.END})


@dataclass(frozen=True)
class Fault:
    """Something that breaks."""

    name: str
    strike: Callable[[Stage], object]
    heal: Callable[[Stage], object] | None = None
    """Makes it good again, where that is possible."""
    told: str = ""
    """A pattern of what is told, once, or nothing."""
    late: bool = False
    """Whether it is noticed, and told, only when a set is done or the session is over."""
    statuses: tuple[int, ...] = ()
    """The statuses that a session may have because of it, besides the usual ones."""
    stills: bool = False
    """Whether nothing moves on the screen because of it, as when the session waits or pauses."""
    wakes: str = ""
    """A pattern of what is told when it is good again, or nothing."""
    moments: tuple[Moment, ...] = PLAYING
    ends: tuple[int, ...] = ()
    """The statuses with which it ends the session by itself, if it does."""
    restores: bool = True
    """Whether the terminal is as it was in the end, which no program can do that is killed."""


def _to_workers(number: signal.Signals, stage: Stage) -> None:
    for each in stage.workers():
        os.kill(each, number)


def _to_program(number: signal.Signals, stage: Stage) -> None:
    os.kill(stage.program, number)


def _to_server(number: signal.Signals, stage: Stage) -> None:
    stage.room.signal(number)


def _limited(limit: int, most: int, stage: Stage) -> None:
    """Let the running program have at the most so much of something."""
    resource.prlimit(stage.program, limit, (most, resource.prlimit(stage.program, limit)[1]))


def _unlimited(limit: int, stage: Stage) -> None:
    hard = resource.prlimit(stage.program, limit)[1]
    resource.prlimit(stage.program, limit, (hard, hard))


def _server_back(stage: Stage) -> None:
    stage.room.start()
    stage.room.add_loudspeaker()


def _pull_out(stage: Stage) -> None:
    """Let what was heard in the recorded loudspeaker go on in another one."""
    stage.room.run("pactl", "load-module", "module-null-sink", "sink_name=other", "rate=48000")
    stage.room.remove_loudspeaker()


def _lock(stage: Stage) -> None:
    """Let another program have all of the journal for itself."""
    stage.held = sqlite3.connect(stage.journal, isolation_level=None, check_same_thread=False)
    stage.held.execute("PRAGMA busy_timeout = 5000")
    stage.held.execute("BEGIN EXCLUSIVE")


def _unlock(stage: Stage) -> None:
    if stage.held:
        stage.held.close()


def _delete(stage: Stage) -> None:
    for each in stage.journal.parent.glob("journal.db*"):
        each.unlink()


def _replace_by_a_file(name: str, stage: Stage) -> None:
    shutil.rmtree(stage.home / name, ignore_errors=True)
    (stage.home / name).write_text("not a folder")


def _replace_by_a_pipe(pattern: str, stage: Stage) -> None:
    """Whoever opens one as a file waits for ever."""
    for each in [*stage.home.glob(pattern)] or [stage.home / pattern]:
        each.parent.mkdir(parents=True, exist_ok=True)
        each.unlink(missing_ok=True)
        os.mkfifo(each)


def _stop_for_a_while(stage: Stage) -> None:
    _to_program(signal.SIGSTOP, stage)
    time.sleep(4)
    stage.go_on()


def _suspend_for_a_while(stage: Stage) -> None:
    stage.window.press("ctrl+z")
    stage.window.until("Stopped|Suspended")
    stage.go_on()


def _type(keys: str, stage: Stage) -> None:
    stage.window.press(*keys)


LOST, BACK = "The loudspeaker is gone", "The loudspeaker is back"
FOUND = "There is sound now"

TABLE: Final[Mapping[str, tuple[Fault, ...]]] = {
    "sound": (
        Fault(
            "the loudspeaker is pulled out",
            lambda stage: stage.room.remove_loudspeaker(),
            lambda stage: stage.room.add_loudspeaker(),
            told=LOST,
            wakes=BACK,
            moments=SOUNDING,
            stills=True,
        ),
        Fault(
            "the headphones are pulled out",
            _pull_out,
            told="got disconnected, so I paused",
            moments=SOUNDING,
            stills=True,
        ),
        Fault(
            "the sound server ends",
            lambda stage: stage.room.end(),
            _server_back,
            told=LOST,
            wakes=BACK,
            moments=SOUNDING,
            stills=True,
        ),
        Fault(
            "the sound server hangs",
            partial(_to_server, signal.SIGSTOP),
            partial(_to_server, signal.SIGCONT),
            told=LOST,
            wakes=BACK,
            moments=SOUNDING,
            stills=True,
        ),
        Fault(
            "the sound server hangs, unnoticed",
            partial(_to_server, signal.SIGSTOP),
            moments=(Moment.QUESTION, Moment.PAUSE, Moment.END),
        ),
        Fault(
            "the sound server hangs at first",
            partial(_to_server, signal.SIGSTOP),
            partial(_to_server, signal.SIGCONT),
            told="The computer's sound system is not responding",
            wakes=FOUND,
            moments=(Moment.START,),
        ),
    ),
    "voice": (
        Fault(
            "the speech worker is killed",
            partial(_to_workers, signal.SIGKILL),
            moments=(Moment.START, *PLAYING),
        ),
        Fault(
            "the speech worker hangs",
            partial(_to_workers, signal.SIGSTOP),
            partial(_to_workers, signal.SIGCONT),
            moments=(Moment.START, *PLAYING),
        ),
    ),
    "journal": (
        Fault("the journal is deleted", _delete, told="Your journal was deleted", late=True),
        Fault(
            "the journal is moved away",
            lambda stage: stage.journal.rename(stage.journal.with_name("elsewhere.db")),
            told="Your journal was deleted",
            late=True,
        ),
        Fault(
            "the journal is cut off",
            lambda stage: os.truncate(stage.journal, 0),
            told="Your journal was deleted",
            late=True,
        ),
        Fault(
            "the journal is locked by another program",
            _lock,
            _unlock,
            told="Not written down for now|is not in your journal yet|is not written down",
            late=True,
            statuses=(1,),
            moments=UNWRITTEN,
        ),
        Fault(
            "the journal is locked by another program when all is written",
            _lock,
            _unlock,
            moments=(Moment.END,),
        ),
        Fault(
            "the disk is full",
            partial(_limited, resource.RLIMIT_FSIZE, 1),
            partial(_unlimited, resource.RLIMIT_FSIZE),
            told="Not written down for now|is not in your journal yet|is not written down",
            late=True,
            statuses=(1,),
            moments=UNWRITTEN,
        ),
        Fault(
            "the disk is full when all is written",
            partial(_limited, resource.RLIMIT_FSIZE, 1),
            partial(_unlimited, resource.RLIMIT_FSIZE),
            moments=(Moment.END,),
        ),
        Fault(
            "the home is deleted",
            lambda stage: shutil.rmtree(stage.home, ignore_errors=True),  # something may be written meanwhile
            told="Your journal was deleted",
            late=True,
        ),
        Fault("the routine's file is deleted", lambda stage: (stage.folder / "mine.yaml").unlink()),
        Fault("the cache is a file", partial(_replace_by_a_file, "cache")),
    ),
    "files": (
        Fault("kept speech is pipes", partial(_replace_by_a_pipe, "cache/speech/*.speech")),
        Fault("the settings are a pipe", partial(_replace_by_a_pipe, "config/config.toml")),
        Fault("the plan is a pipe", partial(_replace_by_a_pipe, "data/plan.yaml")),
        Fault("the safety answers are a pipe", partial(_replace_by_a_pipe, "data/safety.json")),
    ),
    "desktop": (
        Fault(
            "the desktop's bus hangs",
            lambda stage: stage.bus.signal(signal.SIGSTOP),
            lambda stage: stage.bus.signal(signal.SIGCONT),
            moments=EVERYWHERE,
        ),
        Fault("the desktop's bus ends", lambda stage: stage.bus.stop()),
    ),
    "terminal": (
        Fault(
            "the window is tiny",
            lambda stage: stage.window.resize(20, 5),
            lambda stage: stage.window.resize(90, 40),
            stills=True,
        ),
        Fault("the program is stopped for a while", _stop_for_a_while),
        Fault("Ctrl-Z and fg", _suspend_for_a_while, stills=True),
        Fault(
            "keys that mean nothing",
            partial(_type, "~`|}{^%$"),
            moments=tuple(each for each in PLAYING if each not in {Moment.WAIT, Moment.END}),
        ),
    ),
    "end": (
        Fault("q", lambda stage: stage.window.leave(), ends=(0, 3)),
        Fault("Ctrl-C", lambda stage: stage.window.press("ctrl+c"), ends=(0, 3, 130), moments=EVERYWHERE),
        Fault("SIGINT", partial(_to_program, signal.SIGINT), ends=(0, 3, 130), moments=EVERYWHERE),
        Fault("SIGTERM", partial(_to_program, signal.SIGTERM), ends=(143,), moments=EVERYWHERE),
        Fault("SIGHUP", partial(_to_program, signal.SIGHUP), ends=(129,), moments=EVERYWHERE),
        Fault(
            "SIGKILL", partial(_to_program, signal.SIGKILL), ends=(137,), moments=EVERYWHERE, restores=False
        ),
    ),
}
"""The faults by the part of the room that breaks; two of one part are not tried together."""
FAULTS: Final = tuple(each for part in TABLE.values() for each in part)
BY_NAME: Final = {each.name: each for each in FAULTS}
