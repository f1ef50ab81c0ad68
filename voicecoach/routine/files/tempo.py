"""Reads a tempo such as ``3-1-3``: to which phases its seconds belong, in which order they are done.

The names in ``phases`` say so, else as many ``words`` as there are numbers. Without either, three numbers are
read in the order in which the movement goes, as its description or its name tells, and four as lifters write
them: lowering, pause, lifting and top.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from typing import Final

from voicecoach.language import phrases, tables
from voicecoach.routine.files.draft import Draft
from voicecoach.routine.files.exercise_parts import WrittenPhase
from voicecoach.routine.phase import Phase, PhaseKind
from voicecoach.units import format_count

_IN_ORDER: Final = 3
"""The numbers of a tempo as physiotherapists write it, in the order of doing."""
DOWN_FIRST: Final = ("down", "pause", "up", "top")
"""The phases of an exercise that has a tempo and says nothing of them: as squats and push-ups go."""


def name_phases(draft: Draft) -> None:
    """Write the rep out that a tempo with names gives, so that it is read as any other rep is."""
    tempo, names = draft.get("tempo"), draft.get("phases")
    if names is None:
        names = _worded(draft, tempo) if isinstance(tempo, tuple) else None
    elif draft.given.rep is not None:
        draft.complain("phases", "'rep' names the phases already", "leave one of the two out")
        return
    elif not isinstance(tempo, tuple):
        if "tempo" not in draft.bad:
            draft.complain("phases", "there is no tempo for these phases", "a line such as 'tempo: 3-1-3'")
        return
    elif len(names) != len(tempo):
        wrong = f"{format_count(len(names), 'phase')} for a tempo of {len(tempo)} numbers"
        draft.complain("phases", wrong, "a name for each number")
        return
    if isinstance(tempo, tuple):
        draft.put(tempo=str(draft.written("tempo")).strip(), tempo_named=names is not None)
    if names is not None and tempo is not None:
        draft.given.rep = tuple(map(WrittenPhase, names, tempo))
        draft.tempo_read = True


def _worded(draft: Draft, tempo: tuple[float, ...]) -> tuple[str, ...] | None:
    """Return the phases that ``words`` names, when they are as many as the numbers of ``tempo``."""
    words = tuple(draft.given.words or ())
    known = {phase.name for phase in draft.exercise.rep}
    alone = draft.given.rep is None and draft.given.duration is None
    return words if alone and len(words) == len(tempo) and not set(words) <= known else None


def phases_of_tempo(draft: Draft, tempo: tuple[float, ...]) -> tuple[WrittenPhase, ...]:
    """Return the rep of a new exercise of which a ``tempo`` is all that is said."""
    names: Sequence[str] = DOWN_FIRST
    if len(tempo) == _IN_ORDER:
        names = _order(draft.exercise.movement, draft.exercise.name)
        draft.tempo_read = names[0] != DOWN_FIRST[0]
    return tuple(map(WrittenPhase, names, tempo))


def goes_up_first(draft: Draft, tempo: tuple[float, ...]) -> bool:
    """Tell whether three numbers are for a library exercise in the order in which its rep is done.

    That is so where the file describes the movement and does not begin with a lowering, nor does the rep.
    """
    movement, rep = draft.get("movement") or "", draft.exercise.rep
    if draft.base is None or len(tempo) != _IN_ORDER or not movement or not rep:
        return False
    return rep[0].kind is PhaseKind.MOVE and _order(movement, "")[0] != DOWN_FIRST[0]


def in_order(rep: tuple[Phase, ...], tempo: tuple[float, ...]) -> tuple[float, ...] | None:
    """Return the seconds of each phase of ``rep``, those of ``tempo`` in turn; None where they do not fit.

    Letting go between reps keeps its seconds, and a pause that the rep has not takes none.
    """
    done = [index for index, phase in enumerate(rep) if phase.kind is not PhaseKind.RELAX]
    numbers = [seconds for seconds in tempo if seconds] if len(done) < len(tempo) else list(tempo)
    if len(numbers) != len(done):
        return None
    taken = dict(zip(done, numbers, strict=True))
    return tuple(taken.get(index, phase.seconds) for index, phase in enumerate(rep))


def _order(movement: str, name: str) -> tuple[str, ...]:
    """Return the phases in the order in which an exercise goes, by its description or its name."""
    rows = _rows()
    found = next((phases for phases, begins, _ in rows if movement and begins.match(movement)), None)
    named = next((phases for phases, _, called in rows if called.search(name)), None)
    return found or named or DOWN_FIRST[:_IN_ORDER]


@functools.cache
def _rows() -> tuple[tuple[tuple[str, ...], re.Pattern[str], re.Pattern[str]], ...]:
    rows = tables.read(phrases.folder() / "movements.en.yaml")
    return tuple(
        (
            tuple(row["phases"]),
            re.compile(rf"\s*(?:slowly\s+|gently\s+)?(?:{'|'.join(row['begins'])})\b", re.IGNORECASE),
            re.compile(rf"\b(?:{'|'.join(row['called'])})\b", re.IGNORECASE),
        )
        for row in rows
    )
