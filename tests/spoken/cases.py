"""The cases of the proof, as JSON has them, and the scene of each."""

from __future__ import annotations

import functools
import itertools
import json
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from spoken import chain, coach, noises
from spoken.rooms import ROOMS
from spoken.scenes import Place, Scene, scene
from spoken.sentences import near_commands, talk
from spoken.speakers import QUICK_TO_MAKE, RATE, SPEAKERS, Sound, clip

from voicecoach.language import phrases
from voicecoach.routine.files.library import Library
from voicecoach.session.commands import TABLE, spoken

SPEEDS: Final = (0.8, 1.0, 1.25)
NOISE: Final = (20, 10)
"""Decibels by which the voice is louder than the noise."""
OVER: Final = (None, 10, 0, -10)
"""Decibels by which it is louder than the coach; None in the coach's silence."""
EACH: Final = 4
"""Commands drawn for each case: three as they are taught, and another way to say one."""
NAMED: Final = 0.1
"""The share of commands with "coach" before them."""
_OPENS: Final = 4.0
"""Seconds between the opening of the microphone and the coach's first word."""
_LEAD: Final = _OPENS + 6.0
"""Seconds before the first command. In those of the coach the ear learns the room."""
_BETWEEN: Final = 2.6
"""Seconds between commands."""
_LEVELS: Final = (-38.0, -26.0)
"""The softest and the loudest voice at the microphone, in dBFS."""
_PIECE: Final = 120
"""Seconds of a piece of a routine, or of noise."""

Case = list[Any]


def commands() -> list[Case]:
    """Every voice, speed, noise, room and level of the coach."""
    return [["command", *each] for each in itertools.product(SPEAKERS, SPEEDS, NOISE, ROOMS, OVER)]


def others() -> list[Case]:
    """Hours without a command."""
    routines = [[name, part] for name in Library.default().routines() for part in range(_pieces(name))]
    return [
        *(["routine", *each] for each in routines),
        *(["television", *each] for each in routines[::8]),
        *(
            [kind, name, part]
            for kind in ("near", "talk")
            for name in SPEAKERS
            for part in range(_parts(name))
        ),
        *(["noise", name, part] for name in noises.NOISES for part in range(2)),
        *(["music", own, part] for own in (True, False) for part in range(4)),
    ]


def hear(case: Case, models: Sequence[str]) -> dict[str, Any]:
    """Return what is heard in a case, and what was said."""
    made = said_in(case) if case[0] == "command" else other_in(case)
    said = [
        {"phrase": each.phrase, "means": meanings()[each.phrase], "begin": each.begin, "end": each.end}
        for each in made.said
        if each.phrase
    ]
    return chain.hear(made, models) | {"case": case, "said": said}


def said_in(case: Case) -> Scene:
    """Return the scene of a case of :func:`commands`."""
    _, name, speed, noise, room, over = case
    chance = _chance(case)
    place = Place(room, chance.uniform(*_LEVELS), noise, over or 0)
    at, clips = _LEAD, []
    for phrase in _drawn(chance):
        text = f"Coach, {phrase}" if chance.random() < NAMED else phrase
        said = clip(name, text, speed)
        clips.append((phrase, at, said))
        at += len(said) / RATE + _BETWEEN
    speaks = np.concatenate([np.zeros(round(_OPENS * RATE), np.float32), coach.speech(at - _OPENS, chance)])
    if over is None:
        speaks[round((_LEAD - 1) * RATE) :] = 0
    return scene(place, clips, noises.NOISES[noise_of(case)](at, chance), speaks)


def noise_of(case: Case) -> str:
    """Return the kind of noise in a case: each half of them has another."""
    return ("pink", "babble")[int(_chance(["noise", *case]).integers(2))]


def other_in(case: Case) -> Scene:
    """Return the scene of a case of :func:`others`."""
    kind, name, part = case
    chance = _chance(case)
    room = str(chance.choice(list(ROOMS)))
    place = Place(room, chance.uniform(*_LEVELS), float(chance.choice(NOISE)), 0)
    if kind in {"routine", "television"}:
        end = (part + 1) * _PIECE * RATE if part + 1 < _pieces(name) else None
        sound = coach.session(name)[part * _PIECE * RATE : end]
    elif kind in {"near", "talk"}:
        sound = _sentences(kind, name, chance)
    else:
        sound = noises.music(_PIECE, chance) if kind == "music" else noises.NOISES[name](_PIECE, chance)
    silence = np.zeros_like(sound)
    if kind == "routine" or (kind == "music" and name):
        return scene(place, [], noises.pink(20, chance), sound)
    return scene(place, [("", 0.0, sound)], noises.pink(20, chance), silence)


@functools.cache
def meanings() -> dict[str, str]:
    """Map what can be said to its command."""
    return {phrase: str(command) for phrase, command in spoken(phrases.load()).items()}


@functools.cache
def taught() -> tuple[str, ...]:
    """The words that are taught for each command."""
    say = phrases.load()
    return tuple(say.all_of(f"spoken.commands.{row.command}")[0] for row in TABLE if row.spoken)


def _drawn(chance: np.random.Generator) -> list[str]:
    others = [phrase for phrase in meanings() if phrase not in taught()]
    drawn = [*chance.choice(taught(), EACH - 1, replace=False), chance.choice(others)]
    return [str(each) for each in drawn]


def _sentences(kind: str, name: str, chance: np.random.Generator) -> Sound:
    """Return a minute of sentences in a voice, with short and long pauses."""
    texts, made, length = near_commands() if kind == "near" else talk(), [], 0
    while length < 60 * RATE:
        made += [
            clip(name, str(chance.choice(texts))),
            np.zeros(round(chance.uniform(0.4, 2.5) * RATE), np.float32),
        ]
        length += len(made[-2]) + len(made[-1])
    return np.concatenate(made)


def _pieces(routine: str) -> int:
    """Return how many pieces a routine is cut into; the last one is the longest."""
    return max(1, int(coach.seconds(routine) / _PIECE))


def _parts(name: str) -> int:
    """Return how many minutes a voice talks: the slow ones less."""
    return 4 if name in QUICK_TO_MAKE else 1


def _chance(case: Case) -> np.random.Generator:
    return np.random.default_rng(list(json.dumps(case).encode()))
