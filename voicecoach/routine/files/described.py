"""An exercise as a leaflet, a table or another program describes it, and the step that it becomes.

It becomes an exercise of the library when that has one of its name that takes the whole dose, else one that
is defined on the spot, which can be all that was written.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from voicecoach import names
from voicecoach.errors import MISSPELT, Place, RoutineError, nearest
from voicecoach.routine.files.dose_words import LONG_TIME, MAX_SETS, WrittenDose
from voicecoach.routine.files.leaflet_words import SLIP
from voicecoach.routine.files.library import Library
from voicecoach.routine.files.located_yaml import Data, Mistakes
from voicecoach.routine.files.outline import Loss, OutlineItem, sayable
from voicecoach.routine.files.references import called_elsewhere
from voicecoach.routine.files.rep import MOVEMENT
from voicecoach.routine.files.routine import read_step
from voicecoach.routine.files.side_words import NO_SIDES, WrittenSides
from voicecoach.routine.files.values import MAX_NAME, MAX_TEXT
from voicecoach.routine.model import Do, Posture
from voicecoach.text import clean, quoted
from voicecoach.units import format_duration, format_load

SHORT_NOTE: Final = 8
"""Words; a longer note is told with the movement, and no reminder in a set. [own choice]"""
_STRETCH: Final = re.compile(r"\bstretch(?:es|ing)?\b", re.IGNORECASE)
_REMINDERS: Final = 3
"""The most reminders that are taken from notes. [own choice]"""
_OFFERED: Final = 3
"""The most exercises of the library that are offered for one name. [own choice]"""
_NO_DOSE: Final = "it has no dose; write one after it, as in 'Bridge 3 x 10' or 'Plank 30 s'"

_UNKNOWN_DOSE: Final = "it is left out, as no other dose stands with it"


@dataclass(kw_only=True)
class Described:
    """An exercise as far as it was described."""

    name: str
    place: Place
    where: str = ""
    """Its place in words; empty for the line."""
    dose: WrittenDose = field(default_factory=WrittenDose)
    sets: int | None = None
    held: bool = False
    """Whether the time in the dose is that of a hold."""
    timed: bool = False
    """Whether it lasts exactly so long, as in a circuit."""
    rest: float | None = None
    """Seconds after each set."""
    posture: Posture | None = None
    position: str = ""
    notes: list[str] = field(default_factory=list)
    heads: bool = False
    """Whether its name would also do as a heading."""
    written: list[str] = field(default_factory=list)
    """All that stood there, where that is more than the name."""
    losses: list[Loss] = field(default_factory=list)

    @property
    def quoted(self) -> str:
        """All that stood there, for a loss."""
        return f"'{' '.join(self.written) or self.name}'"

    @property
    def has_dose(self) -> bool:
        """Whether anything says how much of it is done."""
        return self.dose != WrittenDose() or self.sets is not None

    def lose(self, what: str, why: str) -> None:
        """Note that ``what`` stood there and cannot be carried over."""
        self.losses.append(Loss(what, why, self.place, self.where))


class NamedExercises:
    """The exercises of a library by the names that people give them."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._names = library.exercise_names()
        self.called = functools.lru_cache(self._called)
        self.like = functools.lru_cache(self._like)

    def _called(self, name: str) -> str:
        """Return the id of the exercise that is called ``name``, here or elsewhere; empty for none."""
        found = names.equal(name, self._names)
        return (found[0] if len(found) == 1 else "") or called_elsewhere(name, self.library) or ""

    def titled(self, ident: str, name: str) -> bool:
        """Tell whether ``name`` is what the library itself calls an exercise."""
        return ident in names.equal(name, self._names)

    def _like(self, name: str) -> str:
        """Return the ids of exercises that are called nearly so, or so with more words; empty for none."""
        words = set(_words(name))
        longer = [
            ident
            for ident, called in self._names.items()
            if any(words <= set(_words(each)) for each in called)
        ]
        near = nearest(name, self._names, MISSPELT)
        *others, last = longer[:_OFFERED] if words and longer else [near or ""]
        return f"{', '.join(others)} or {last}" if others else last


def item(described: Described, shelf: NamedExercises) -> OutlineItem:
    """Return the step that ``described`` becomes, with what is lost of it."""
    _count_sets(described)
    found, called = OutlineItem(place=described.place, losses=described.losses), shelf.called(described.name)
    if called and (step := _library_step(called, described, shelf.library)) is not None:
        found.step = step
        if not shelf.titled(called, described.name):
            found.comments.append(f"'{described.name}' is {called} in the library.")
        if note := " ".join(_told(described)):
            slip = SLIP.search(note)
            why = (
                "no dose is understood in it"
                if slip
                else f"the library's {called} is taught in its own words"
            )
            described.lose(f"'{note}'", why)
        return found
    if not _has_work(described):
        if described.heads and not described.losses and not described.notes:
            found.comments.append(f"{described.name}:")
        else:
            described.lose(described.quoted, _UNKNOWN_DOSE if described.losses else _NO_DOSE)
        return found
    found.step, why = _own_step(described, shelf.library)
    if found.step is None:
        described.lose(described.quoted, why)
        return found
    if called:
        found.comments.append(f"The library has {called} too, but not done like this.")
    elif like := shelf.like(described.name):
        found.comments.append(f"The library explains {like}. Write that name instead if it is meant.")
    return found


def _count_sets(described: Described) -> None:
    """Read ``3 x 45s`` as three sets where a rest follows each, or where it is too long for a hold."""
    dose = described.dose
    if (
        described.held
        or described.sets
        or dose.seconds is None
        or dose.most_reps
        or len(dose.reps or ()) != 1
    ):
        return
    count = sum(dose.reps or ())
    if 1 < count <= MAX_SETS and (described.rest is not None or dose.seconds >= LONG_TIME):
        described.sets, described.dose = count, replace(dose, reps=None)


def _words(name: str) -> list[str]:
    return [word.removesuffix("s") for word in re.findall(r"[^\W_]+", name.casefold())]


def _has_work(described: Described) -> bool:
    return described.dose.reps is not None or described.dose.seconds is not None


def _library_step(called: str, described: Described, library: Library) -> Data:
    """Return the step with the library's exercise; None when it does not take all that was written."""
    dose, hold = replace(described.dose, counted=None), dict[str, Data]()
    if described.held and dose.reps is not None and dose.seconds is not None and dose.most_seconds is None:
        hold = {"hold": format_duration(dose.seconds)}
        dose = replace(dose, seconds=None)
    written = {**_dose(replace(described, dose=dose)), **hold, **_around(described)}
    step: Data = called if not written else {"exercise": called, **written}
    if isinstance(step, dict) and written.keys() == {"reps"}:
        step = {called: written["reps"]}
    try:
        done = read_step(step, library)
    except RoutineError:
        return None
    exercise = next((each.exercise for each in done if isinstance(each, Do)), None)
    if exercise is None or exercise.id != called or (described.timed and exercise.duration is None):
        return None
    return step if described.posture in {None, exercise.posture} else None


def _own_step(described: Described, library: Library) -> tuple[Data, str]:
    """Return a step that defines the exercise; None when it cannot be done, and why."""
    name = _own_name(described)
    if not name:
        return None, "it has no name that can be said"
    step: dict[str, Data] = {"exercise": name}
    if _STRETCH.search(name):
        step["kind"] = "stretch"
    if described.posture:
        step["posture"] = described.posture.value
    step |= _texts(described)
    step |= _work(described)
    step |= _around(described)
    try:
        done = read_step(step, library)
        if any(isinstance(each, Do) and each.exercise.id for each in done):  # the library has that very name
            step["exercise"] = f"{name[: MAX_NAME - 9]} (my own)"
            read_step(step, library)
    except RoutineError as error:
        problem = error.problems[0]
        return None, f"{problem.wrong}; {problem.expected}"
    return step, ""


def _own_name(described: Described) -> str:
    written = clean(described.name)
    name = sayable(written, MAX_NAME)
    name = name[:1].upper() + name[1:]
    if name and name.casefold() != written.casefold():
        described.lose(quoted(written), f"a name has at most {MAX_NAME} characters and no braces")
    return name[:MAX_NAME]


def _work(described: Described) -> dict[str, Data]:
    """Return the keys that say how an exercise goes that the library does not know."""
    dose = described.dose
    if dose.seconds is None:
        return {"pace": "self", **_dose(described)}
    if not _is_hold(described):
        if dose.most_seconds is not None or dose.reps is not None:
            return _dose(described)
        sets: dict[str, Data] = {} if described.sets is None else {"sets": described.sets}
        return {"duration": format_duration(dose.seconds), **sets}
    if dose.most_seconds is not None:
        goal = format_duration(dose.most_seconds)
        described.lose(f"the range up to {goal}", "the hold has one length; write another when you can")
    movement = format_duration(MOVEMENT)
    rep = f"move {movement}, hold {format_duration(dose.seconds)}, back {movement}"
    counts = replace(dose, seconds=None, most_seconds=None, reps=dose.reps or (1,))
    return {"rep": rep, **_dose(replace(described, dose=counts))}


def _is_hold(described: Described) -> bool:
    dose = described.dose
    if dose.seconds is None or dose.reps is None:
        return False
    return described.held or len(dose.reps) > 1 or (dose.seconds < LONG_TIME and dose.reps[0] > 1)


def _dose(described: Described) -> dict[str, Data]:
    """Return the keys for reps, sets and time."""
    dose, sets = described.dose, described.sets
    if dose.reps is not None and sets is not None and len(dose.reps) == 1 and dose.seconds is None:
        dose = replace(dose, reps=dose.reps * sets, most_reps=(dose.most_reps or ()) * sets or None)
        sets = None
    found: dict[str, Data] = {}
    if dose.reps is not None or dose.seconds is not None:
        found["reps"] = _reps(dose)
    if sets is not None:
        found["sets"] = sets
    return found


def _around(described: Described) -> dict[str, Data]:
    """Return the keys for sides, load and rest."""
    found: dict[str, Data] = {}
    dose = described.dose
    if dose.sides != NO_SIDES:
        found["sides"] = sides_text(dose.sides)
    if dose.load is not None:
        found["load"] = format_load(dose.load)
    if described.rest is not None:
        rest = format_duration(described.rest)
        found["rest"] = rest if _has_sets(described) else [rest]  # in a list it also follows the last set
    return found


def _has_sets(described: Described) -> bool:
    """Tell whether there are several sets, or as many as the library has."""
    dose = described.dose
    return (described.sets or len(dose.reps or ())) > 1 or not _has_work(described)


def _texts(described: Described) -> dict[str, Data]:
    """Return the keys for what was said about it: how to lie, and how to move or what to think of."""
    found: dict[str, Data] = {}
    if described.position and (position := _whole(described, described.position)):
        found["position"] = position
    notes = [note for note in (_whole(described, each) for each in described.notes) if note]
    short = [note for note in notes if len(note.split()) <= SHORT_NOTE][:_REMINDERS]
    movement = ""
    for note in (each for each in notes if each not in short):
        longer = f"{movement} {note}".strip()
        if len(longer) > MAX_TEXT:
            described.lose(f"'{note}'", f"a text has at most {MAX_TEXT} characters")
        else:
            movement = longer
    if movement:
        found["movement"] = movement
    if short:
        found["cues"] = [*short]
    return found


def _whole(described: Described, text: str) -> str:
    """Return ``text`` as a sentence of a routine; what cannot be said of it is lost."""
    sayable_text = sayable(text, MAX_TEXT)
    if sayable_text != clean(text):
        described.lose(f"'{clean(text)}'", "it cannot be said as it stands")
    return _sentence(sayable_text) if 0 < len(sayable_text) < MAX_TEXT else ""


def _told(described: Described) -> Iterator[str]:
    yield from filter(None, (described.position, *described.notes))


def _sentence(text: str) -> str:
    """Return ``text`` with a capital letter and an end."""
    return text[:1].upper() + text[1:] + ("" if text[-1:] in {".", "!", "?"} else ".")


def _reps(dose: WrittenDose) -> Data:
    """Return the value of the key ``reps``: the plainest that reads back as the same dose."""
    if dose.seconds is None and dose.most_reps is None and dose.reps and len(set(dose.reps)) > 1:
        return list(dose.reps)
    text = dose_text(dose)
    return int(text) if text.isdecimal() else text


def dose_text(dose: WrittenDose) -> str:
    """Write reps, sets and time, without sides and load, so that they read back as the same dose."""
    parts = []
    if dose.reps:
        sets, most_sets = len(dose.reps), len(dose.most_reps or dose.reps)
        if len(set(dose.reps)) > 1:
            parts.append(", ".join(map(str, dose.reps)))
        else:
            if (sets, most_sets) != (1, 1):
                parts.append(_range(str(sets), str(most_sets)))
            parts.append(_range(str(dose.reps[0]), str((dose.most_reps or dose.reps)[0])))
        if dose.counted:
            parts[-1] += f" {dose.counted}"
    if dose.seconds is not None:
        most = dose.seconds if dose.most_seconds is None else dose.most_seconds
        parts.append(_range(format_duration(dose.seconds), format_duration(most)))
    relax = "" if dose.relax is None else f", rest {format_duration(dose.relax)} between reps"
    return " x ".join(parts) + relax


def _range(least: str, most: str) -> str:
    return least if least == most else f"{least} to {most}"


def sides_text(sides: WrittenSides) -> str:
    """Write ``sides`` as the key ``sides`` takes them."""
    if len(sides.order) == 1:
        return sides.order[0]
    first = f"{sides.order[0]} first" if sides.order else ""
    return ", ".join(filter(None, (sides.shared, first)))


def add(described: Described, more: WrittenDose) -> None:
    """Add to the dose of ``described`` what ``more`` says. Raises Mistakes when it says it again."""
    dose = described.dose
    for one, other in (
        (dose.seconds, more.seconds),
        (dose.load, more.load),
        (dose.sides.shared, more.sides.shared),
        (dose.sides.order or None, more.sides.order or None),
        (dose.reps, more.reps),
    ):
        if one is not None and other is not None and one != other:
            raise Mistakes
    described.dose = WrittenDose(
        reps=dose.reps or more.reps,
        seconds=dose.seconds if dose.seconds is not None else more.seconds,
        sides=WrittenSides(dose.sides.shared or more.sides.shared, dose.sides.order or more.sides.order),
        load=dose.load if dose.load is not None else more.load,
        most_reps=dose.most_reps or more.most_reps,
        most_seconds=dose.most_seconds if dose.most_seconds is not None else more.most_seconds,
        counted=dose.counted or more.counted,
        relax=dose.relax if dose.relax is not None else more.relax,
        range=dose.range or more.range,
    )
