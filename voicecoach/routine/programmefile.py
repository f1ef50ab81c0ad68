"""A programme file → :class:`Programme`."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from voicecoach.errors import nearest
from voicecoach.routine import fields, programmefields, shape
from voicecoach.routine.combine import MAX_ITEMS
from voicecoach.routine.mistakes import At, Data, show, wrong
from voicecoach.routine.programme import Activity, Gate, PhaseName, Programme, ProgrammePhase
from voicecoach.routine.yamlfile import Document, parse


def _phases(raw: Data) -> list[Data]:
    if not isinstance(raw, list) or not raw:
        raise wrong(f"{show(raw)} is not a list of phases", "at least one, beginning with '- name: calm'")
    if len(raw) > MAX_ITEMS:
        raise wrong(f"{len(raw)} phases", f"at most one of each: {', '.join(PhaseName)}")
    return raw


@shape.shape
class ProgrammeShape(shape.Shape):
    """A programme."""

    name: str = shape.needed(fields.name, default="")
    about: str = shape.key(fields.plain_text, default="")
    sore: str = shape.needed(fields.name, "the routine for the days of a flare", default="")
    phases: list[Data] | None = shape.needed(_phases, default=None)


@shape.shape
class PhaseShape(shape.Shape):
    """A phase of a programme."""

    name: PhaseName | None = shape.needed(programmefields.phase_name, default=None)
    about: str = shape.key(fields.plain_text, default="")
    routines: tuple[Activity, ...] | None = shape.needed(programmefields.activities, default=None)
    next: Gate | None = shape.key(programmefields.gate, "when the next phase is proposed")


def read_programme(source: bytes, path: Path, ident: str, routines: Collection[str]) -> Programme:
    """The programme in the text of a file; ``routines`` are the names of all routines.

    Raises RoutineError with every problem in it.
    """
    document = parse(source, path)
    found, _ = shape.check(ProgrammeShape, document.data, document, ())
    phases: list[ProgrammePhase] = []
    if found is not None:
        if found.sore:
            check_routine(found.sore, ("sore",), routines, document)
        for index, raw in enumerate(found.phases or ()):
            if phase := _phase(raw, ("phases", index), routines, document):
                _check_order(phase, phases, ("phases", index, "name"), document)
                phases.append(phase)
    if document.problems or found is None:
        raise document.error()
    return Programme(
        id=ident, name=found.name, about=found.about, sore=found.sore, phases=tuple(phases), path=path
    )


def _phase(raw: Data, at: At, routines: Collection[str], document: Document) -> ProgrammePhase | None:
    found, _ = shape.check(PhaseShape, raw, document, at)
    if found is None or not isinstance(raw, dict):
        return None
    # As written, so that a name is looked up even when something else about it is wrong.
    named = raw.get("routines")
    for name in named if isinstance(named, dict) else ():
        check_routine(name, (*at, "routines", name), routines, document)
    if found.next and found.next.routine and isinstance(named, dict):
        check_routine(found.next.routine, (*at, "next", "reached", found.next.routine), named, document)
    if found.name is None:
        return None
    return ProgrammePhase(
        name=found.name, about=found.about, activities=found.routines or (), gate=found.next
    )


def check_routine(name: str, at: At, routines: Collection[str], document: Document) -> None:
    """Note a problem when no routine has this name, which stands at ``at`` as a key or as a value."""
    if name in routines:
        return
    near = nearest(name, routines)
    expected = f"did you mean '{near}'?" if near else f"one of {', '.join(routines)}"
    document.complain(at, f"no routine is called {show(name)} here", expected, key=at[-1] == name)


def _check_order(phase: ProgrammePhase, before: list[ProgrammePhase], at: At, document: Document) -> None:
    if any(each.name is phase.name for each in before):
        document.complain(at, f"'{phase.name}' is here twice", "each phase once")
    elif before and before[-1].name.number > phase.name.number:
        document.complain(
            at, f"'{phase.name}' comes after '{before[-1].name}'", f"the order {', '.join(PhaseName)}"
        )
