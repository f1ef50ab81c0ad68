"""Parses the figure of an exercise: its position, and a pose for each phase that moves."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from functools import partial
from typing import Any, Final, NamedTuple

from voicecoach.routine.figure import (
    ARM,
    BODY_SIDES,
    FAR,
    LEG,
    MIDDLE,
    NEAR,
    POINTS,
    SEGMENTS,
    TRUNK,
    WORKING_TRUNK,
    Direction,
    Figure,
    FigureChange,
    Pose,
    Prop,
    PropKind,
    Spot,
    Stance,
    View,
)
from voicecoach.routine.files.located_yaml import Data, Mistake, Mistakes, show, wrong
from voicecoach.routine.files.values import (
    Parser,
    choice,
    collect,
    group,
    many,
    meant,
    name,
    switch,
    unknown_key,
    whole,
)

_SIDES: Final = {NEAR: NEAR, FAR: FAR, "left": NEAR, "right": FAR}
"""The side of the body by each of its names: in a view from the front or from above the left is the near
one."""
_PLURALS: Final = {"foot": "feet", "thigh": "thighs"}


def _plural(name: str) -> str:
    return _PLURALS.get(name, f"{name}s")


def _segment_names() -> dict[str, tuple[str, ...]]:
    """Return the segments by what may stand in a pose, what is for several coming first."""
    names = {"trunk": TRUNK[:3], "back": TRUNK[1:3]}
    for limb, parts in (("arm", ARM[:2]), ("leg", LEG[:2])):
        names[_plural(limb)] = tuple(f"{side}_{each}" for side in BODY_SIDES for each in parts)
        names |= {
            f"{word}_{limb}": tuple(f"{side}_{each}" for each in parts) for word, side in _SIDES.items()
        }
    for each in (*ARM, *LEG):
        names[_plural(each)] = tuple(f"{side}_{each}" for side in BODY_SIDES)
    names |= {each: (each,) for each in TRUNK}
    for each in (*ARM, *LEG):
        names |= {f"{word}_{each}": (f"{side}_{each}",) for word, side in _SIDES.items()}
    return names


SEGMENT_NAMES: Final = _segment_names()
END_NAMES: Final = {
    **{_plural(end): tuple(f"{side}_{end}" for side in BODY_SIDES) for end in ("hand", "foot")},
    **{f"{word}_{end}": (f"{side}_{end}",) for word, side in _SIDES.items() for end in ("hand", "foot")},
}
_BOTH: Final = ("hand", "foot", "elbow", "knee")
POINT_NAMES: Final = {
    **{each: each for each in (*MIDDLE, *POINTS)},
    **{each: each for each in map(_plural, _BOTH)},
    **{
        each: each for each in SEGMENTS if each.startswith(BODY_SIDES) and not each.endswith(("hand", "foot"))
    },
    **{f"left_{each.removeprefix('near_')}": each for each in POINTS if each.startswith(NEAR)},
    **{f"right_{each.removeprefix('far_')}": each for each in POINTS if each.startswith(FAR)},
}
"""The points of the body, and the middles of segments, by each of their names."""
_ANGLE: Final = "degrees: 0 to the right, 90 up, 180 to the left, 270 down"
_DIRECTION: Final = re.compile(r"\s*(-?\d+(?:\.\d+)?)\s*(?:(toward|away)\s*(\d+(?:\.\d+)?))?\s*", re.ASCII)
MOST_DEGREES: Final = 540
FARTHEST: Final = 200.0
"""Centimetres that anything may be moved."""
MOST_POSES: Final = 12
"""The most poses that one phase goes through, and the most phases with poses."""


def figure(raw: Data) -> Figure | str:
    """Parse a figure; the name of an exercise borrows that of the exercise."""
    return name(raw) if isinstance(raw, str) else own_figure(raw)


def own_figure(raw: Data) -> Figure:
    """Parse a figure that is written where it belongs."""
    if not isinstance(raw, dict):
        raise wrong(f"{show(raw)} is not a figure", "lines such as 'from: hook_lying' and 'poses: …'")
    read = group(raw, {"from": _stance}, {"view": _view, **_DRAWN, "props": _props})
    stance = read.pop("from")
    view = read.setdefault("view", VIEWS[stance][0])
    if view not in VIEWS[stance]:
        usual = " or ".join(VIEWS[stance])
        raise Mistakes(Mistake(f"{stance} is not drawn from that view", usual, ("view",)))
    return Figure(stance=stance, **read)


def _beats(raw: Data) -> int:
    count = whole(raw)
    if not 1 <= count <= MOST_POSES:
        raise wrong(f"{count} beats", f"1 to {MOST_POSES}")
    return count


def figure_of_variation(raw: Data) -> Figure | FigureChange:
    """Parse what is drawn in a variation: a figure with its stance, or what differs from its exercise's."""
    if not isinstance(raw, dict) or "from" in raw:
        return own_figure(raw)
    if not raw:
        raise wrong("nothing is drawn otherwise", "what differs, such as 'position: {near_thigh: 90}'")
    elsewhere = {"view": "in a whole figure, with 'from'"}
    read = group(raw, {}, {**_DRAWN, "props": _changed_props}, elsewhere)
    position = raw.get("position")
    replaces = tuple(each for each in ("move", "reach") if isinstance(position, dict) and each in position)
    return FigureChange(replaces=replaces, **read)


_stance = choice(Stance)
_view = choice(View)
VIEWS: Final[Mapping[Stance, tuple[View, ...]]] = {
    **dict.fromkeys(Stance, (View.SIDE,)),
    Stance.STANDING: (View.SIDE, View.FRONT),
    Stance.SITTING: (View.SIDE, View.FRONT),
    Stance.SUPINE: (View.SIDE, View.TOP),
    Stance.SIDE_LYING: (View.FRONT, View.TOP),
}
"""The views in which each stance is drawn, the usual one first."""


def pose(raw: Data) -> Pose:
    """Parse a pose: the directions of segments, and how the anchor moves and limbs reach."""
    if not isinstance(raw, dict):
        raise wrong(f"{show(raw)} is not a pose", "directions such as {trunk: 150, near_thigh: 90}")
    more = {"move": _spot, "reach": _reach}
    known = {**SEGMENT_NAMES, **more}
    mistakes = [Mistake(*_unknown(key, known), (key,), key=True) for key in raw if key not in known]
    turns: dict[str, Direction] = {}
    rest: dict[str, Any] = {}
    for key in sorted((each for each in raw if each in known), key=list(known).index):
        try:
            if key in more:
                rest[key] = more[key](raw[key])
            else:
                turns |= dict.fromkeys(SEGMENT_NAMES[key], direction(raw[key]))
        except Mistakes as found:
            mistakes += [each.inside(key) for each in found.mistakes]
    if mistakes:
        raise Mistakes(*mistakes)
    return Pose(turns=turns, **rest)


def _unknown(key: str, known: Collection[str]) -> tuple[str, str]:
    """Return the mistake and the remedy for an unknown key of a pose, which may be a point of the body."""
    side, _, joint = key.rpartition("_")
    if key not in POINT_NAMES or joint not in _MOVED_BY:
        return unknown_key(key, known)
    part = f"{side}_{_MOVED_BY[joint]}"
    return f"{show(key)} is a point and has no direction", f"the part that moves it, such as {part}"


_MOVED_BY: Final = {"knee": "thigh", "elbow": "upper_arm", "toes": "foot"}
"""By the end of a part of a limb, the part."""


def direction(raw: Data) -> Direction:
    """Parse a direction: degrees in the picture, and how far it points out of it: ``90 toward 0.5``."""
    found = _DIRECTION.fullmatch(show(raw).strip("'")) if not isinstance(raw, (bool, list, dict)) else None
    if found is None:
        raise wrong(f"{show(raw)} is not a direction", f"{_ANGLE}; or such as '90 toward 0.5'")
    angle, way, share = float(found[1]), found[2], float(found[3] or 0)
    if abs(angle) > MOST_DEGREES:
        raise wrong(f"{angle:g} degrees", f"at most {MOST_DEGREES} either way")
    if share > 2:
        raise wrong(
            f"{way} {share:g}",
            "0 in the picture, 1 straight at you, 2 over to the other side",
        )
    return Direction(angle, -share if way == "away" else share)


def _poses(raw: Data) -> dict[str, tuple[Pose, ...]]:
    if not isinstance(raw, dict):
        raise wrong(
            f"{show(raw)} does not say where each phase ends",
            "a line for each phase, such as 'lift: {trunk: 150}'",
        )
    if len(raw) > MOST_POSES:
        raise wrong(f"poses for {len(raw)} phases", f"at most {MOST_POSES}")
    read = collect([((key,), value) for key, value in raw.items()], _through)
    names = collect([((key,), key) for key in raw], lambda key: name(key).casefold())
    return dict(zip(names, read, strict=True))


def _through(raw: Data) -> tuple[Pose, ...]:
    if isinstance(raw, list):
        if not 1 <= len(raw) <= MOST_POSES:
            raise wrong(f"{len(raw)} poses in a phase", f"1 to {MOST_POSES}")
        return many(pose, "poses that the phase goes through")(raw)
    return (pose(raw),)


def _spot(raw: Data) -> Spot:
    expected = "centimetres to the right and up, such as [0, 20]"
    if not isinstance(raw, list) or len(raw) != 2:
        raise wrong(f"{show(raw)} is not a place", expected)
    return Spot(*collect((((index,), each) for index, each in enumerate(raw)), _centimetres))


def _centimetres(raw: Data) -> float:
    expected = "a number of centimetres"
    if isinstance(raw, bool) or not isinstance(raw, (int, float)) or not math.isfinite(raw):
        raise wrong(f"{show(raw)} is not a length", expected)
    if abs(raw) > FARTHEST:
        raise wrong(f"{raw:g} centimetres", f"at most {FARTHEST:g} either way")
    return float(raw)


def _reach(raw: Data) -> dict[str, str | Spot]:
    if not isinstance(raw, dict):
        raise wrong(f"{show(raw)} does not say what reaches where", "a line such as 'hands: near_knee'")
    ends = collect([((key,), key) for key in raw], _end)
    places = collect([((key,), value) for key, value in raw.items()], _target)
    return {end: place for both, place in zip(ends, places, strict=True) for end in both}


def _target(raw: Data) -> str | Spot:
    return _spot(raw) if isinstance(raw, list) else _point(raw)


def _end(raw: Data) -> tuple[str, ...]:
    if not isinstance(raw, str) or raw not in END_NAMES:
        raise wrong(f"{show(raw)} is not the end of a limb", meant(show(raw), END_NAMES))
    return END_NAMES[raw]


def _workers(raw: Data) -> tuple[str, ...]:
    """Parse what does the work: the ends of limbs, and the trunk."""
    named = raw if isinstance(raw, list) else [raw]
    limbs = _ends([each for each in named if each != WORKING_TRUNK])
    return (*limbs, *([WORKING_TRUNK] if WORKING_TRUNK in named else ()))


def _ends(raw: Data) -> tuple[str, ...]:
    read = many(_end, "a list such as [feet, near_hand]")(raw if isinstance(raw, list) else [raw])
    return tuple(dict.fromkeys(end for both in read for end in both))


def _point(raw: Data) -> str:
    if not isinstance(raw, str) or raw not in POINT_NAMES:
        raise wrong(f"{show(raw)} is not a point of the body", _point_meant(str(raw)))
    return POINT_NAMES[raw]


def _point_meant(word: str) -> str:
    """Return what to write in place of an unknown point, which is often one without its side."""
    of_sides = [f"{side}_{word}" for side in BODY_SIDES if f"{side}_{word}" in POINT_NAMES]
    return " or ".join(of_sides) or meant(word, POINT_NAMES, _SOME_POINTS)


_SOME_POINTS: Final = f"{', '.join(MIDDLE)}, or one of a side, such as near_hand or far_knee"


def _props(raw: Data) -> tuple[Prop, ...]:
    """Parse what the body touches: each thing with the point that touches it, or the two it goes between.

    One that nothing touches in the position stands at a place.
    """
    if not isinstance(raw, dict):
        raise wrong(f"{show(raw)} does not say what is touched", "a line for each, such as 'chair: hips'")
    kinds = collect([((key,), key) for key in raw], _kind)
    parsers: dict[str, Parser] = {key: partial(_prop, kind) for key, kind in zip(raw, kinds, strict=True)}
    return tuple(group(raw, {}, parsers).values())


def _changed_props(raw: Data) -> dict[PropKind, Prop | None]:
    """Parse the things that a variation has besides those of its exercise; ``false`` takes one away."""
    if not isinstance(raw, dict):
        return {prop.kind: prop for prop in _props(raw)}
    kinds = dict(zip(raw, collect([((key,), key) for key in raw], _kind), strict=True))
    kept = {key: value for key, value in raw.items() if value is not False}
    return {kinds[key]: None for key in raw} | {prop.kind: prop for prop in _props(kept)}


_kind = choice(PropKind)


class Touch(NamedTuple):
    """What may be written for a thing."""

    points: range
    """How many points of the body."""
    place: bool
    """Whether it may stand at a place."""


_STANDS: Final = Touch(range(1, 2), place=True)
_CARRIED: Final = Touch(range(1, 2), place=False)
TOUCHES: Final[Mapping[PropKind, Touch]] = {
    **dict.fromkeys(PropKind, _STANDS),
    PropKind.MAT: Touch(range(1), place=False),
    PropKind.CHAIR: Touch(range(1, 4), place=True),
    PropKind.STRAP: Touch(range(2, 3), place=False),
    PropKind.STICK: Touch(range(1, 3), place=False),
    **dict.fromkeys((PropKind.WEIGHT, PropKind.BACKPACK, PropKind.BELLY), _CARRIED),
}


def _prop(kind: PropKind, raw: Data) -> Prop:
    """Parse where a thing is."""
    takes = TOUCHES[kind]
    if isinstance(raw, list) and takes.place:
        return Prop(kind=kind, spot=_spot(raw))
    named = [] if raw is True else raw.split() if isinstance(raw, str) else None
    if named is None or len(named) not in takes.points:
        raise wrong(f"{show(raw)} does not say where the {kind.replace('_', ' ')} is", _expected(kind, takes))
    return Prop(kind=kind, at=tuple(_point(each) for each in named))


def _expected(kind: PropKind, takes: Touch) -> str:
    if kind is PropKind.MAT:
        return "true, as it lies below the whole body"
    points = "two points of the body" if takes.points.start > 1 else "a point of the body"
    more = ", or more" if len(takes.points) > 1 else ""
    return f"{points}{more}" + (", or a place such as [-30, 0]" if takes.place else "")


_DRAWN: Final[Mapping[str, Parser]] = {
    "anchor": _point,
    "stay": _ends,
    "position": pose,
    "poses": _poses,
    "alternates": switch,
    "beats": _beats,
    "works": _workers,
    "path": _point,
}
"""What a figure, and what differs from one, has besides its things."""
