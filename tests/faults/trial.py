"""One trial: a session is led to a moment, faults strike it, and what came of it is noted."""

from __future__ import annotations

import random
import re
import time
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from faults.stage import DONE, Moment, Stage, View, stage
from faults.table import BY_NAME, PLAYING, SOUNDING, TABLE, Fault

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

OBEYED_WITHIN: Final = 2.0
"""Seconds from a key or signal to the end of the last process; what starts a process and looks for it adds to
what the person waits for. Only a proof, which has the machine for itself, holds a session to it."""
TOLD_WITHIN: Final = 15.0
"""Seconds until a fault must have been told; a loudspeaker is lost after three, and a set takes ten."""
STILL: Final = 1.5
"""Seconds given to a fault that is not told."""
HANGS_AFTER: Final = {View.FULL: 5.0, View.PLAIN: 20.0}
"""Seconds without a change on the screen after which a session that plays counts as hanging. The full screen
has a clock; the plain view shows what is said, which in a wait is one sentence in sixteen seconds."""
BEGUN_WITHIN: Final = 8.0
"""Seconds from a fault at the start to a session that plays."""
NEARLY_DONE: Final = (Moment.COUNT_IN, Moment.SET)
"""Moments soon followed by the end of a set."""
USUAL: Final = {0, 3, 130}
"""Exit statuses of a session, stopped or not."""
NOT_FOR_PEOPLE: Final = r"Traceback|Exception|Error\b.*line \d|\bErrno\b|sqlite3|OSError"


@dataclass(frozen=True, order=True)
class Trial:
    """The faults that strike together, with when and in which view."""

    faults: tuple[str, ...]
    moment: Moment
    view: View
    at_once: bool = False
    """Whether each fault strikes before the one before it can have been noticed."""

    @property
    def chance(self) -> int:
        """A number that stays the same, for what is done one way or another."""
        return zlib.crc32(repr((self.faults, str(self.moment), str(self.view))).encode())

    @property
    def is_healed(self) -> bool:
        """Whether what can be made good is made good before the session is left."""
        ends = any(BY_NAME[name].ends for name in self.faults)
        return not (ends or self.at_once) and self.chance % 2 > 0

    def __str__(self) -> str:
        return f"{' + '.join(self.faults)} | {self.moment} | {self.view}"


@dataclass
class Outcome:
    """What was seen, heard and kept, and what of it is wrong."""

    trial: Trial
    seen: list[str] = field(default_factory=list)
    heard: float = 0.0
    """Seconds with sound in them, from the fault to the end."""
    kept: int = 0
    done: int = 0
    """Sets that were done."""
    seconds: float | None = None
    """From the key or signal that ended the session to the end of its last process."""
    wrong: list[str] = field(default_factory=list)

    def is_only_late(self, within: float) -> bool:
        """Tell whether nothing is wrong but that it ended later than ``within`` seconds."""
        return self.seconds is not None and self.seconds > within and len(self.wrong) == 1


def tried(trial: Trial, home: Path, *, within: float = OBEYED_WITHIN) -> Outcome:
    """Do ``trial`` with a copy of ``home``; a key or signal is to end it ``within`` so many seconds."""
    outcome = Outcome(trial)
    with stage(home, trial.view) as at:
        try:
            at.go_to(trial.moment)
        except AssertionError as error:
            outcome.wrong.append(f"it did not get there: {error}")
            return outcome
        try:
            _strike(at, trial, outcome)
        except AssertionError as error:
            outcome.wrong.append(str(error))
        _look_back(at, trial, outcome, within)
    return outcome


def _strike(at: Stage, trial: Trial, outcome: Outcome) -> None:
    faults = [BY_NAME[name] for name in trial.faults]
    frames = at.recording.frames
    still = trial.moment not in SOUNDING
    for fault in faults:
        since = time.monotonic()
        fault.strike(at)
        still = still or fault.stills
        if not (fault.ends or trial.at_once):
            later = fault.late and (still or trial.moment not in NEARLY_DONE)
            _wait_for("" if later else fault.told, at, since, trial, outcome, still=still)
    if any(fault.ends for fault in faults):
        if not all(fault.restores for fault in faults):
            _thaw(faults, at)
        outcome.seconds = at.seconds_to_end()
    else:
        if trial.is_healed:
            for fault in reversed(faults):
                if fault.heal:
                    since = time.monotonic()
                    fault.heal(at)
                    _wait_for(fault.wakes, at, since, trial, outcome, still=still)
        skips = trial.moment is Moment.QUESTION  # there, q leaves out what is asked, and begins
        if skips or trial.chance // 2 % 2:
            at.window.press("ctrl+c")
        else:
            at.window.leave()
        outcome.seconds = at.seconds_to_end()
    outcome.heard = at.heard(frames)


def _thaw(faults: Sequence[Fault], at: Stage) -> None:
    """Let what was stopped go on: nobody is left who could end it, and it ends by itself."""
    for fault in faults:
        if fault.heal:
            fault.heal(at)


def _wait_for(told: str, at: Stage, since: float, trial: Trial, outcome: Outcome, *, still: bool) -> None:
    """Wait until that is told, or a while, and see that the session goes on, unless it stands ``still``."""
    end = since + (TOLD_WITHIN if told else STILL)
    while time.monotonic() < end and not (told and at.watch.times(told, since)):
        time.sleep(0.05)
    if trial.moment is Moment.START:
        at.see(Moment.INTRO)
        if (took := time.monotonic() - since) > BEGUN_WITHIN:
            outcome.wrong.append(f"it began after {took:.1f} s")
    if told:
        outcome.seen.append(told)
        # On the full screen another fault may hide a line before it was read, which then comes back.
        most = len(trial.faults) if trial.view is View.FULL else 1
        if not 1 <= (times := at.watch.times(told, since)) <= most:
            outcome.wrong.append(f"told {times} times: {told}")
    elif not still:
        hangs_after = HANGS_AFTER[trial.view]
        while not (moved := at.watch.changed(since)) and time.monotonic() < since + hangs_after:
            time.sleep(0.1)
        if not moved:
            outcome.wrong.append(f"nothing moved for {hangs_after} s")


def _look_back(at: Stage, trial: Trial, outcome: Outcome, within: float) -> None:
    if outcome.seconds is None:
        outcome.wrong.append(f"still there: {len(at.processes)} processes")
        return
    if outcome.seconds > within:
        outcome.wrong.append(f"it took {outcome.seconds:.1f} s to end")
    faults = [BY_NAME[name] for name in trial.faults]
    if all(fault.restores for fault in faults):
        _look_at_the_terminal(at, faults, trial, outcome)
    everything = [*(screen for _, screen in at.watch.screens), at.text]
    for found in {found[0] for each in everything if (found := re.search(NOT_FOR_PEOPLE, each))}:
        outcome.wrong.append(f"said to a programmer: {found}")
    outcome.done = DONE.get(trial.moment, 0)
    sets = at.sets()
    outcome.kept = len(sets)
    if not outcome.done <= outcome.kept <= max(DONE.values()):
        outcome.wrong.append(f"{outcome.kept} of {outcome.done} sets are kept")
    if len({*sets}) != len(sets):
        outcome.wrong.append(f"sets are doubled: {sets}")


def _look_at_the_terminal(at: Stage, faults: Sequence[Fault], trial: Trial, outcome: Outcome) -> None:
    """See how it was left, and what was told at the latest then."""
    status = at.status()
    allowed = {number for fault in faults for number in fault.ends} or USUAL
    if status is None:
        outcome.wrong.append("the terminal was not left at the beginning of a line")
    elif status not in allowed.union(*(fault.statuses for fault in faults)):
        outcome.wrong.append(f"status {status}")
    for fault in faults:
        noticed = not (fault.heal and trial.is_healed) and (outcome.kept or trial.moment in DONE)
        if fault.late and trial.moment not in NEARLY_DONE and noticed:
            outcome.seen.append(fault.told)
            if not re.search(fault.told, " ".join(at.text.split())):
                outcome.wrong.append(f"not told in the end: {fault.told}")


def single(faults: Sequence[Fault]) -> list[Trial]:
    """Each fault at each of its moments, in one view and then the other."""
    found = []
    for number, fault in enumerate(faults):
        for at, moment in enumerate(fault.moments):
            view = View.FULL if moment is Moment.END else [*View][(number + at) % 2]
            found.append(Trial((fault.name,), moment, view))
    return found


def ends_while(part: str) -> list[Trial]:
    """Each key and signal that ends a session, right after each fault of a part, at each moment."""
    found = []
    for number, end in enumerate(TABLE["end"]):
        for fault in TABLE[part]:
            for at, moment in enumerate(each for each in fault.moments if each in end.moments):
                view = View.FULL if moment is Moment.END else [*View][(number + at) % 2]
                found.append(Trial((fault.name, end.name), moment, view, at_once=True))
    return found


def several(count: int, seed: str) -> list[Trial]:
    """Return trials of one to three random faults at once, of different parts, ``count`` faults together."""
    chance = random.Random(seed)
    found: list[Trial] = []
    while sum(len(trial.faults) for trial in found) < count:
        moment = chance.choice(PLAYING)
        parts = [[fault for fault in part if moment in fault.moments] for part in TABLE.values()]
        chosen = [chance.choice(part) for part in chance.sample([part for part in parts if part], k=3)]
        chosen = sorted(
            chosen[: chance.randint(1, 3)], key=lambda fault: bool(fault.ends)
        )  # an end comes last
        view = View.FULL if moment is Moment.END else chance.choice([*View])
        found.append(Trial(tuple(fault.name for fault in chosen), moment, view))
    return found
