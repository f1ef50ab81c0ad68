"""Writes one session into the journal from a thread of its own, whatever becomes of the journal meanwhile.

Everything that is written is also remembered. A journal that is deleted, moved, replaced or damaged under
the session is begun anew with all of it. While the journal cannot be written, the session is kept in a file
beside it (:mod:`voicecoach.journal.unwritten`), which the next program that can write takes in.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from voicecoach.errors import EntryRefused, JournalError
from voicecoach.journal import unwritten
from voicecoach.journal.opening import connect_to_nothing
from voicecoach.journal.records import Session
from voicecoach.journal.store import Journal
from voicecoach.language.phrases import Phrases
from voicecoach.text import and_more
from voicecoach.timeline.saved_plan import SavedPlan

PATIENCE: Final = 0.5
"""Seconds that an attempt waits for another program that has the journal [own choice]."""
GLANCE: Final = 0.1
"""Seconds that it waits when the attempt before it has waited in vain [own choice]."""
WAITS: Final = 1.0
"""Seconds that the start, a set in step, and the end each wait for the journal: enough for one attempt, and
few enough that the program has ended two seconds after the key [own choice]."""
AGAIN: Final = 5.0
"""Seconds until a failed write is tried again, unless a set ends sooner [own choice]."""
_NO_ANSWER: Final = "the disk does not answer"
_NAMED: Final = 3
"""How many missing entries are named to the person; further ones are counted."""

Write = Callable[[Journal, int], None]
"""Writes something into a journal, for the session with that number in it."""


@dataclass(frozen=True, slots=True, eq=False)
class Pending:
    """Something to write."""

    what: str
    """Its name for the person, in case it is missing."""
    write: Write
    is_set: bool = False
    leaves: int | None = None
    """How many sets that were handed over there are after it, which writes all; None for the rest."""
    replaces: bool = False
    """Whether it is the whole of what it names, so that an earlier one need not be there."""
    urgent: bool = False
    """Whether it is tried at once, also when the one before could not be written."""
    tried: threading.Event = field(default_factory=threading.Event)
    """Set once it is written, or could not be."""


class Writer:
    """Writes the entries of a session in their order.

    An entry that the journal refuses is left out, and the others are written. The person is told once when
    the journal cannot be written.
    """

    def __init__(
        self,
        session: Session,
        plan: SavedPlan,
        path: Path,
        notice: Callable[[str], None],
        say: Phrases,
        *,
        entered: Callable[[int], None] = lambda _: None,
    ) -> None:
        """Write ``session``, which goes on with the sets that it has, into the journal in ``path``.

        ``plan`` is its plan; ``entered`` is called with the number of the session in each journal in which it
        stands. Both callbacks may be called from another thread.
        """
        self.session = session
        self._plan = plan
        self._path = path
        self._notice, self._say, self._entered = notice, say, entered
        self.number = session.id
        """Its number in the journal; 0 as long as it is not in one."""
        self.is_refused = False
        """Whether the journal will never take it."""
        self.error: JournalError | None = None
        """Why not everything is in the journal; None when all is, or is still to be tried."""
        self.refused: list[Pending] = []
        """The entries that the journal refused."""
        self.is_ending = False
        """Whether the session is over, so that what cannot be written is told by its end."""
        self._file: Path | None = None
        self._is_stale = False
        """Whether that file lacks what came last."""
        self._journal: Journal | None = None
        self._is_dropped = False
        """Whether nothing of it is to stay."""
        self._was_entered = False
        self._is_known = session.id > 0
        """Whether some of it may stand in the journal already."""
        self._log: list[Pending] = []
        self._at = 0
        """The number of entries that are in the journal, or refused."""
        self._told_of: set[str] = set()
        self._line: queue.SimpleQueue[Pending | None] = queue.SimpleQueue()
        self._over = threading.Event()
        self._ended_well = False
        self._thread = threading.Thread(target=self._work, name="journal", daemon=True)

    def begin(self) -> None:
        """Begin to write, and wait until that was tried once."""
        begun = self.put(Pending("its beginning", lambda *_: None))
        self._thread.start()
        self.wait(begun)

    def put(self, entry: Pending) -> Pending:
        """Hand over something to write, and return it at once."""
        self._line.put(entry)
        return entry

    def drop(self) -> None:
        """Take the session out of the journal again; nothing of it is kept."""
        self._is_dropped = self.is_ending = True
        self.put(Pending("that there was nothing of it", Journal.remove, urgent=True))

    def wait(self, entry: Pending) -> bool:
        """Wait until an entry was tried, at most :data:`WAITS` seconds, and tell whether it was."""
        tried = entry.tried.wait(WAITS)
        if not tried and self.error is None:
            self._tell_not_now(_NO_ANSWER)
        return tried

    def close(self) -> bool:
        """Write the rest, and tell whether all of it is in the journal.

        Waits no longer for one that could not be written until now.
        """
        self._line.put(None)
        if self._thread.is_alive() and not self._over.wait(3 * GLANCE if self.error else WAITS):
            self._time_out()
        return self._ended_well

    def _time_out(self) -> None:
        """Take what is not written by now for not written."""
        if self.error is None and not self._ended_well:
            what = f"Your journal {self._path} cannot be written: {_NO_ANSWER}."
            self.error = JournalError(what, _NO_ANSWER)

    @property
    def file(self) -> Path | None:
        """The file beside the journal in which all of it is kept meanwhile; None when there is none."""
        return None if self._is_stale else self._file

    @property
    def sets_written(self) -> int:
        """The number of sets that are in the journal, of those that were handed over."""
        return self._sets_in(self._at)

    @property
    def missing(self) -> str:
        """The names of the entries that are missing in the journal; empty when none is."""
        return and_more((each.what for each in (*self.refused, *self._log[self._at :])), _NAMED)

    @property
    def _as_numbered(self) -> Session:
        return replace(self.session, id=self.number)

    def _work(self) -> None:
        """Write the entries in order, in the journal's thread."""
        try:
            over = False
            while not over:
                new = self._taken()
                over = None in new
                entries = [each for each in new if each is not None]
                self._log += entries
                if self.error is not None and entries:
                    self._keep_beside()
                if self.error is None or over or not new or any(map(_is_urgent, entries)):
                    self._attempt()
                for each in entries:
                    each.tried.set()
            self._end()
        finally:
            self._over.set()

    def _taken(self) -> list[Pending | None]:
        """Wait for entries and return all there are; none when it is time to try the old ones again."""
        found: list[Pending | None] = []
        with suppress(queue.Empty):
            found.append(self._line.get(timeout=None if self.error is None else AGAIN))
            while True:
                found.append(self._line.get_nowait())
        return found

    def _attempt(self) -> None:
        """Write as many entries as possible."""
        if self.is_refused:
            return
        if self._is_dropped and not self._was_entered:
            self.error = None
            self._forget_beside()
            return
        try:
            journal = self._reached()
            while self._at < len(self._log):
                self._write(journal, self._log[self._at])
                self._at += 1
        except EntryRefused as error:
            self.is_refused, self.error = True, error
        except JournalError as error:
            self._leave()
            self._is_known = True
            first, self.error = self.error is None, error
            self._tell_not_now(error.why)
            if first:
                self._keep_beside()
        else:
            self.error = None
            self._forget_beside()

    def _reached(self) -> Journal:
        """Return the journal with the session in it, opened anew where needed. Raises JournalError."""
        if self._journal is not None and not self._journal.is_in_place:
            self._leave()
            self._tell(self._say.part("unkept.gone"))
        if self._journal is None:
            try:
                journal = Journal.open(self._path, self._tell, PATIENCE if self.error is None else GLANCE)
            except JournalError:
                raise
            except Exception as error:  # whatever it is, the session goes on
                raise JournalError(f"Your journal cannot be opened: {error!r}.", repr(error)) from error
            try:
                self._enter(journal)
            except BaseException:
                journal.close()
                raise
            self._journal = journal
        return self._journal

    def _enter(self, journal: Journal) -> None:
        """Find the session in the journal, or begin it there. Raises JournalError."""
        found = journal.played(self._as_numbered) if self._is_known else None
        self._is_known = True
        if found is None:
            self.number, self._at = journal.begin(self.session, self._plan).id, 0
            self.refused = []
        else:
            more = len(found.sets) - len(self.session.sets)
            if more < 0:
                journal.replace_sets(found.id, self.session.sets)
            if not self._was_entered:  # it was interrupted, and goes on
                journal.update(self.session)
            self._at = self._after_sets(more)
            self.number = found.id
        self._was_entered = True
        self._entered(self.number)

    def _sets_in(self, entries: int) -> int:
        """Count the sets that there are after so many entries, of those that the journal took."""
        return self._counts()[entries]

    def _counts(self) -> list[int]:
        """Count the sets that there are before the first entry, and after each."""
        counts = [0]
        for each in self._log:
            counts.append(counts[-1])
            if each not in self.refused:
                counts[-1] = counts[-1] + each.is_set if each.leaves is None else each.leaves
        return counts

    def _after_sets(self, count: int) -> int:
        """Return how many entries are in a journal that has ``count`` sets of them.

        Those that took sets back write all the sets there are, and so mend what was taken for too few.
        """
        counts = self._counts()
        there = [entries for entries, sets in enumerate(counts) if sets == max(count, 0)]
        later = [entries for entries in there if entries >= self._at] if count >= counts[self._at] else []
        return next(iter(later or there), len(self._log))

    def _write(self, journal: Journal, entry: Pending) -> None:
        """Write an entry, or leave it out for good. Raises JournalError when it may be written later."""
        try:
            entry.write(journal, self.number)
        except EntryRefused as error:
            self._refuse(entry, str(error))
        except JournalError:
            raise
        except Exception as error:  # noqa: BLE001 - whatever it is, the entries behind it are written
            why = f"{type(error).__name__}: {error}"
            self._refuse(entry, f"Something could not be written into your journal ({why}).")
        else:
            if entry.replaces:
                self.refused = [each for each in self.refused if each.what != entry.what]

    def _refuse(self, entry: Pending, why: str) -> None:
        self._tell_of("refused", f"{why} The session goes on, and the rest of it is written down.")
        self.refused.append(entry)

    def _keep_beside(self) -> None:
        """Keep all there is of the session beside the journal, where that is possible."""
        if self._is_dropped:
            self._forget_beside()
            return
        file = unwritten.file_for(self._path, self.session.started)
        memory = connect_to_nothing()
        with Journal(memory, self._path) as journal:
            try:
                number = journal.begin(self.session, self._plan).id
                for each in self._log:
                    if each not in self.refused:
                        with suppress(EntryRefused):
                            each.write(journal, number)
                unwritten.keep(memory, file)
            except Exception:  # noqa: BLE001 - the end tells what is not kept; what was kept before stays
                self._is_stale = True
            else:
                self._file, self._is_stale = file, False

    def _forget_beside(self) -> None:
        if self._file is not None:
            with suppress(OSError):
                self._file.unlink(missing_ok=True)
            self._file = None

    def _end(self) -> None:
        """Close the journal, and look whether the session really stands in it."""
        self._ended_well = self.error is None and not self.refused  # closing may take long
        if self._journal is not None:
            self._leave()
            if not self._is_dropped and not self._stands():
                self._attempt()
                self._leave()
        self._ended_well = self.error is None and not self.refused
        if self._is_stale:  # the person is told how to note it instead
            self._forget_beside()

    def _stands(self) -> bool:
        done = self._sets_in(len(self._log))
        try:
            with Journal.open_to_read(self._path, self._tell) as journal:
                found = journal.played(self._as_numbered)
        except JournalError:  # all of it was written, and now it cannot be read: on a full disk, for one
            return True
        return found is not None and len(found.sets) >= len(self.session.sets) + done

    def _leave(self) -> None:
        if self._journal is not None:
            self._journal.close()
            self._journal = None

    def _tell_not_now(self, why: str) -> None:
        if not self.is_ending:
            self._tell_of("not now", self._say.part("unkept.not_now", why=why))

    def _tell_of(self, what: str, line: str) -> None:
        """Give a notice, unless the person was told of that before."""
        if what not in self._told_of:
            self._told_of.add(what)
            self._tell(line)

    def _tell(self, line: str) -> None:
        """Give a notice; a failing screen must not stop the writing."""
        with suppress(Exception):
            self._notice(line)


def _is_urgent(entry: Pending) -> bool:
    return entry.urgent or entry.is_set
