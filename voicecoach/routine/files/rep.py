"""Decides the rep of an exercise: the seconds of its phases, their words and their reminders."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from typing import Final

from voicecoach.language import phrases
from voicecoach.routine.files.dose_words import MAX_SECONDS
from voicecoach.routine.files.draft import Draft
from voicecoach.routine.files.exercise_parts import WrittenPhase
from voicecoach.routine.files.located_yaml import At, Mistake, show
from voicecoach.routine.files.tempo import goes_up_first, in_order
from voicecoach.routine.files.values import meant
from voicecoach.routine.model import Cue, Cues, Kind
from voicecoach.routine.phase import KINDS_IN_A_REP, SHORTEST_PHASE, Phase, PhaseKind
from voicecoach.units import format_duration

_TEMPO_PLACES: Final = {
    "lowermove": (0, 2),
    "lowerstillmove": (0, 1, 2),
    "lowermovestill": (0, 2, 3),
    "lowerstillmovestill": (0, 1, 2, 3),
}
"""The position of each phase's seconds in a tempo, by the kinds of the phases from lowering on."""


_RELAX: Final = "relax"
"""The name of the phase in which one rests between reps, where only its seconds are written."""
MOVEMENT: Final = 2.0
"""Seconds of the movement into a hold and back, which leaflets leave out (Trials 2017,
10.1186/s13063-017-1913-8: 2 s up, 2 s down)."""
HELD: Final = 10.0
"""Seconds from which a phase of a stretch or of a stand is a hold whatever its name: nobody moves so long.
[own choice]"""
_KEPT_STILL: Final = frozenset({Kind.STRETCH, Kind.BALANCE})


def phases(written: Iterable[WrittenPhase], kind: Kind) -> tuple[Phase, ...]:
    """Return the phases of a rep in an exercise of ``kind``, each of its own kind."""
    return tuple(
        Phase(name=each.name, seconds=each.seconds, kind=each.kind or _named_kind(each, kind))
        for each in written
    )


def _named_kind(phase: WrittenPhase, kind: Kind) -> PhaseKind:
    """Return the kind of phase that a name tells."""
    named = PhaseKind(phrases.phase_kinds().get(phase.name, PhaseKind.MOVE))
    held = kind in _KEPT_STILL and named is PhaseKind.MOVE and phase.seconds >= HELD
    return PhaseKind.HOLD if held else named


def held_rep(seconds: float, kind: Kind) -> tuple[Phase, ...]:
    """Return the rep of an exercise of which only a hold is said: into it, and back."""
    written = (("move", MOVEMENT), ("hold", seconds), ("back", MOVEMENT))
    return phases((WrittenPhase(name, length) for name, length in written), kind)


def with_relax(rep: tuple[Phase, ...], seconds: float) -> tuple[Phase, ...]:
    """Return ``rep`` with so many seconds of letting go at its end, in place of those that it has there."""
    relaxes = bool(rep) and rep[-1].kind is PhaseKind.RELAX
    return (*rep[: len(rep) - relaxes], Phase(name=_RELAX, seconds=seconds, kind=PhaseKind.RELAX))


def decide_phases(draft: Draft) -> None:
    """Set the hold, apply speed and tempo, and drop phases of 0 seconds."""
    if draft.given.hold is not None:
        hold_for(draft, draft.given.hold, "hold")
    speed, tempo = draft.get("speed"), draft.get("tempo")
    if speed is not None and tempo is not None:
        draft.complain("speed", "'tempo' gives the seconds already", "leave one of the two out")
    elif speed is not None:
        _stretch(draft, "speed", 100 / speed, "a smaller number")
    elif isinstance(tempo, float):
        _stretch(draft, "tempo", tempo, "a larger number")
        draft.put(factor=tempo)
    elif tempo is not None and not draft.tempo_read:
        _count_tempo(draft, tempo)
    rep = tuple(phase for phase in draft.exercise.rep if phase.seconds > 0)
    if draft.exercise.rep and not rep:
        draft.complain("hold", "the rep lasts no time", "a phase with more than 0 seconds")
    if draft.tempo_read and any(phase.seconds < SHORTEST_PHASE for phase in rep):
        draft.complain("tempo", "a phase becomes too short to be coached", "a larger number")
    draft.put(rep=rep)
    if max(draft.exercise.reps) * sum(phase.seconds for phase in rep) > MAX_SECONDS:
        draft.complain("reps", "a set is longer than an hour", "fewer reps or shorter phases")


def hold_for(draft: Draft, seconds: float, key: str) -> None:
    """Make the hold last ``seconds``, which stand at ``key``."""
    rep = draft.exercise.rep
    if not rep and draft.bad & {"rep", "duration", "exercise"}:
        return
    if not any(phase.is_hold for phase in rep):
        way_out = f"or give it one: 'rep: {_with_hold(rep, seconds)}'" if rep else "it goes by time"
        draft.complain(key, "this exercise has no hold", f"leave the hold out; {way_out}")
    if 0 < seconds < SHORTEST_PHASE:
        wrong = f"{seconds:g} seconds are too short to be coached"
        draft.complain(key, wrong, f"at least {SHORTEST_PHASE:g} seconds")
    _time(draft, (seconds if phase.is_hold else phase.seconds for phase in rep))


def _with_hold(rep: tuple[Phase, ...], seconds: float) -> str:
    """Write the phases of ``rep`` with a hold after the first of them."""
    first, *others = (f"{phase.name} {format_duration(phase.seconds)}" for phase in rep)
    return ", ".join((first, f"hold {format_duration(seconds)}", *others))


def _stretch(draft: Draft, key: str, factor: float, way_out: str) -> None:
    """Make each phase ``factor`` times as long; holds keep their seconds."""
    rep = draft.exercise.rep
    if not rep:
        draft.complain(key, "this exercise has no phases to make slower or faster", f"leave '{key}' out")
    _time(draft, (phase.seconds if phase.is_hold else round(phase.seconds * factor, 3) for phase in rep))
    if any(0 < phase.seconds < SHORTEST_PHASE for phase in draft.exercise.rep if not phase.is_hold):
        draft.complain(key, "a phase becomes too short to be coached", way_out)


def _count_tempo(draft: Draft, tempo: tuple[float, ...]) -> None:
    """Set the seconds of lowering, pause, lifting and top, whichever comes first in the rep."""
    rep = draft.exercise.rep
    if goes_up_first(draft, tempo) and (lasting_each := in_order(rep, tempo)):
        _time(draft, lasting_each)
        return
    first = next((index for index, phase in enumerate(rep) if phase.kind is PhaseKind.LOWER), 0)
    from_lowering = [*range(first, len(rep)), *range(first)]
    shape = "".join("still" if rep[index].kind.is_still else rep[index].kind for index in from_lowering)
    places = _TEMPO_PLACES.get(shape)
    if places is None:
        mark = "'rep' with the seconds of each phase, the lowering as in 'bend 3s (lower)'"
        draft.complain(
            "tempo",
            "a tempo is seconds of lowering, pause, lifting and top, and this exercise has no such phases",
            f"{mark}, or 'speed' to make all of them slower or faster" if draft.base else mark,
        )
        return
    seconds = dict(enumerate(tempo))
    for place, name in ((1, "pause"), (3, "top")):
        if place not in places and seconds.get(place):
            expected = "0 there, or 'rep' with a phase for it"
            draft.complain("tempo", f"this exercise has no {name}", expected)
            return
    for place, name in ((0, "lowering"), (2, "lifting")):
        if not seconds[place]:
            draft.complain("tempo", f"the {name} takes no time", f"at least {SHORTEST_PHASE:g} seconds")
            return
    lasting = {index: seconds.get(place, 0.0) for index, place in zip(from_lowering, places, strict=True)}
    _time(draft, (lasting[index] for index in range(len(rep))))
    if any(0 < length < SHORTEST_PHASE for length in lasting.values()):
        draft.complain("tempo", "a phase becomes too short to be coached", "a larger number")


def _time(draft: Draft, seconds: Iterable[float]) -> None:
    """Give each phase of the rep its ``seconds``."""
    timed = zip(draft.exercise.rep, seconds, strict=True)
    draft.put(rep=tuple(dataclasses.replace(phase, seconds=length) for phase, length in timed))


def decide_words(draft: Draft) -> None:
    """Decide the words and the reminders for each existing phase."""
    names = [phase.name for phase in draft.given.rep or draft.exercise.rep]
    words = draft.exercise.words
    if "rep" not in draft.bad:
        draft.mistakes += _wordless(draft, names)
        words = words | (draft.given.words or {})
    draft.put(words={phase: said for phase, said in words.items() if phase in names})
    _bind_cues(draft, [*names, *KINDS_IN_A_REP] if names else [])


def _wordless(draft: Draft, names: Collection[str]) -> Iterator[Mistake]:
    """Yield a mistake for each phase that the file has words for and the rep has not."""
    for at, phase in _worded(draft):
        if phase not in names:
            expected = meant(phase, names, "" if names else "one of no phases")
            yield Mistake(f"no phase is called {show(phase)}", expected, (*at, phase))


def _worded(draft: Draft) -> Iterator[tuple[At, str]]:
    """Yield each phase that the file has words for, and where."""
    yield from ((("words",), phase) for phase in draft.given.words or ())
    for key in ("easier", "harder"):
        listed = isinstance(draft.written(key), list)
        for index, variation in enumerate(draft.get(key) or ()):
            at: At = (key, index, "words") if listed else (key, "words")
            yield from ((at, phase) for phase in variation.words)


def _bind_cues(draft: Draft, phases: Collection[str]) -> None:
    """Refuse cues for phases that the rep has not; those of the library then fit any phase.

    A breath of the library is true of its phase alone, and is dropped with it.
    """
    given = {"cues": chain(*(draft.given.cues or {}).values()), "breathing": draft.get("breathing") or ()}
    for key, cue in ((key, cue) for key, cues in given.items() for cue in cues):
        if cue.phase and cue.phase not in phases and "rep" not in draft.bad:
            expected = meant(cue.phase, phases, "" if phases else "a reminder without a phase")
            draft.complain(key, f"no phase is called {show(cue.phase)}", expected)

    def bound(cues: Iterable[Cue]) -> tuple[Cue, ...]:
        return tuple(cue if cue.phase in phases else Cue(cue.text) for cue in cues)

    cues, breathing = draft.exercise.cues, draft.exercise.breathing
    draft.put(
        cues=Cues(always=bound(cues.always), rotating=bound(cues.rotating)),
        breathing=tuple(breath for breath in breathing if not breath.phase or breath.phase in phases),
    )
