"""Random lines of leaflets: a grammar of the words around doses, and the slips of a keyboard or a scanner."""

from __future__ import annotations

import random
from collections.abc import Callable

NAMES = (
    "Bridge",
    "glute bridge",
    "Plank",
    "Side plank",
    "Cat-camel",
    "Bird dog",
    "Dead bug",
    "Clam with a band",
    "SLR",
    "Figure 4 stretch",
    "90/90 hip switch",
    "T/S ext. over 1/2 foam roll",
    "Hamstring stretch",
    "Heel slides (supine)",
    "Step-ups",
    "Wall angels",
    "Walk",
    "Child's pose",
    "Left leg raises",
    "Standing 3-way hip",
    "Ein-Bein-Br\u00fccke",
    "\u30d7\u30e9\u30f3\u30af",
    "{side} lunge",
    "",
)
BULLETS = (
    "",
    "",
    "",
    "- ",
    "* ",
    "\u2022 ",
    "1. ",
    "12) ",
    "(3) ",
    "[ ] ",
    "Exercise 4: ",
    "a) ",
    "# ",
    "**",
    "  ",
    "\t",
)
BETWEEN = (" ", " ", " ", ": ", " - ", ", ", " \u2013 ", "; ", " (", ". ", "\t", " and ", " then ", " | ", "")
BY = (" x ", "x", " \u00d7 ", " X ", " sets of ", " sets x ", " * ", " times ", " of ", "  x")
UNITS = (
    "s",
    " s",
    " sec",
    " sec.",
    " secs",
    " seconds",
    "-second",
    '"',
    "''",
    "\u2033",
    " min",
    " m",
    " minutes",
    "'",
    " h",
    " hours",
)
COUNTED = (
    "",
    "",
    " reps",
    " times",
    "x",
    " repetitions",
    " breaths",
    " rep.",
    " each rep",
    " holds",
    " sets",
)
DASHES = ("-", " - ", "\u2013", " to ", " or ", "/", "\u2014", "--", "~")
WORDS = (
    "two",
    "three",
    "five",
    "ten",
    "twelve",
    "thirty",
    "once",
    "twice",
    "several",
    "a few",
    "\u00bd",
    "1/2",
    "1,5",
    "2.5",
)
SIDES = (
    " each side",
    "/side",
    " ea.",
    " per leg",
    " left",
    " R only",
    " (L/R)",
    " both sides",
    " alternating",
    ", right first",
    " on each leg",
    " start with the left",
    " bilaterally",
)
LOADS = (
    " with 2 kg",
    " @ 10 lbs",
    " with a band",
    " with 1,25 kg",
    " with 500 kg",
    " with",
    " @",
    " with the left leg",
)
OFTEN = (
    " twice a day",
    " 3x/week",
    " daily",
    " 2-3 times per week",
    " every other day",
    " (3 x / day)",
    " morning and night",
)
NOTES = (
    "keep your back straight",
    "Don't let the knee go > 2nd toe!!!",
    "RPE 5/10 max.",
    "pain < 3/10",
    "see http://example.org/a?b=1",
    "\u2b50 \u2b50",
    "Call 01234 567890",
    "4-2-1-0",
    "(no bouncing)",
)
WHOLE = (
    "3 rounds of:",
    "Repeat all 2 times",
    "Repeat the circuit 99 times",
    "AMRAP 12m",
    "EMOM 10",
    "Tabata: 8 x 20/10",
    "Warm up:",
    "---",
    "Week 2",
    "Rest between sets",
    "Rest when tired.",
)
KEYS = "abcdefghijklmnopqrstuvwxyz0123456789-.,:;x/()'\" \u00d7\u2013\u00bd{}[]#*@&|\\\u00a0\u200b\x07\x1b"


def line(chance: random.Random) -> str:
    """A line of a leaflet, half of them with slips."""
    text = chance.choice(SORTS)(chance)
    for _ in range(chance.choice((0, 0, 0, 1, 1, 2, 4))):
        text = _slip(text, chance)
    return text


def _exercise(chance: random.Random) -> str:
    parts = [chance.choice(NAMES), *(_clause(chance) for _ in range(chance.choice((0, 1, 1, 1, 2, 3))))]
    if chance.random() < 0.1:
        chance.shuffle(parts)
    text = parts[0] + "".join(chance.choice(BETWEEN) + each for each in parts[1:])
    return chance.choice(BULLETS) + text + chance.choice(("", "", ".", ")", ":", "!"))


def _clause(chance: random.Random) -> str:
    return chance.choice((_dose, _dose, _dose, _hold, _rest, _sets, _note))(chance)


def _dose(chance: random.Random) -> str:
    text = _amount(chance)
    if chance.random() < 0.5:
        text = f"{_count(chance)}{chance.choice(BY)}{text}"
    for few, all_ in ((0.3, SIDES), (0.15, LOADS), (0.1, OFTEN)):
        if chance.random() < few:
            text += chance.choice(all_)
    return text


def _amount(chance: random.Random) -> str:
    return _count(chance) + chance.choice((*COUNTED, *UNITS))


def _count(chance: random.Random) -> str:
    number = chance.choice((2, 3, 5, 8, 10, 12, 15, 20, 30, 45))
    if chance.random() < 0.1:
        number = chance.choice((0, 1, 90, 101, 500, 10**9, 10**40))
    if chance.random() < 0.1:
        return chance.choice(WORDS)
    if chance.random() < 0.2:
        return chance.choice(DASHES).join(
            str(number + step) for step in range(0, chance.choice((4, 6, 8)), 2)
        )
    return f"{number}:30" if chance.random() < 0.05 else str(number)


def _hold(chance: random.Random) -> str:
    verb = chance.choice(
        ("hold ", "Hold for ", "hold each ", "holding ", "squeeze ", "keep it there for ", "hold")
    )
    return verb + _amount(chance)


def _rest(chance: random.Random) -> str:
    rest = chance.choice(
        ("rest ", "Rest: ", "rest for ", "break ", "pause of ", "take a rest of ", "recovery ")
    )
    after = chance.choice(("", "", " between sets", " after each round", " between exercises", " in between"))
    amount = _amount(chance)
    return f"{amount} {rest.strip()}{after}" if chance.random() < 0.3 else f"{rest}{amount}{after}"


def _sets(chance: random.Random) -> str:
    return (
        chance.choice(("", "repeat ", "do ", "for "))
        + _count(chance)
        + chance.choice((" sets", " set", " times"))
    )


def _note(chance: random.Random) -> str:
    return chance.choice((*NOTES, *SIDES, *LOADS, *OFTEN)).strip()


def _whole(chance: random.Random) -> str:
    return chance.choice(WHOLE)


SORTS: tuple[Callable[[random.Random], str], ...] = (*[_exercise] * 6, _dose, _rest, _note, _whole)


def _slip(text: str, chance: random.Random) -> str:
    """``text`` with a letter dropped, doubled, swapped, put in or replaced, or a piece of it twice."""
    at = chance.randrange(len(text) + 1)
    before, here, after = text[:at], text[at : at + 1], text[at + 1 :]
    match chance.randrange(6):
        case 0:
            return before + after
        case 1:
            return before + here * chance.choice((2, 2, 2, 50)) + after
        case 2:
            return before + after[:1] + here + after[1:]
        case 3:
            return before + chance.choice(KEYS) + here + after
        case 4:
            return before + chance.choice(KEYS) + after
        case _:
            return before + here + after + text[max(0, at - chance.choice((3, 10, 40))) : at]
