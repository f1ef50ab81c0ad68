"""The words of an exercise: its dose, the swaps in the routine, and what is called in each phase of a set.

The full words of phases are taught first, then fade.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum

from voicecoach.language.phrases import Phrases
from voicecoach.routine.dose import Counted
from voicecoach.routine.model import OTHER_SIDE, Exercise, Fix, Kind, Moment, Prompt, Round, Sides
from voicecoach.routine.phase import PhaseKind
from voicecoach.routine.profile import WEIGHT
from voicecoach.routine.suit import Swap
from voicecoach.timeline.segment import Beat, Speech
from voicecoach.timeline.steps import Briefing, ChangeSides, RestStep

COUNTED_HOLD = 5.0
"""Holds of this many seconds or more are counted: the exercise is about them. [own choice]"""
TOLD_HOLD = 2.0
"""Shorter holds last a moment, and nobody needs their seconds. [own choice]"""


def dose_sentences(exercise: Exercise, say: Phrases, side: str = "") -> list[str]:
    """Return sentences for the dose and for the ``side`` that comes first."""
    sentences = [_amount(exercise, say)]
    if exercise.load and len(set(exercise.reps)) > 1:  # else it stands with the reps
        sentences.append(say("dose.load", load=say.load(exercise.load)))
    if exercise.sides is not Sides.BOTH:
        first = side or exercise.side_order[0]
        sides = {"side": say.side(first), "other": say.side(OTHER_SIDE[first])}
        half, odd = divmod(exercise.reps[0], 2)
        how = str(exercise.sides)
        if len(exercise.side_order) == 1:
            how = "one_side"
        elif exercise.one_side_first and len(exercise.reps) > 1:
            how = "one_side_first"
        elif exercise.sides is Sides.ALTERNATE and len(exercise.reps) == 1 and exercise.rep and not odd:
            how = "alternate_half"
        sentences.append(say.of_limb(f"dose.{how}", exercise.limb, n=say.number(half), **sides))
    return sentences


def counted_holds(exercise: Exercise) -> tuple[float, ...]:
    """Return the seconds of each hold of a rep that is counted down, in order."""
    return tuple(seconds for seconds in _told_holds(exercise) if seconds >= COUNTED_HOLD)


def _told_holds(exercise: Exercise) -> tuple[float, ...]:
    """Return the seconds of each hold of a rep that the dose tells, in order."""
    return tuple(phase.seconds for phase in exercise.rep if phase.is_hold and phase.seconds >= TOLD_HOLD)


def _only_hold(exercise: Exercise) -> float:
    """Return the seconds of the counted hold that a rep is one of; 0 when its reps are no such holds."""
    holds = counted_holds(exercise)
    return holds[0] if len(holds) == 1 and exercise.kind is not Kind.BREATHING else 0.0


def _amount(exercise: Exercise, say: Phrases) -> str:
    sets, first = say.number(len(exercise.reps)), exercise.reps[0]
    if len(set(exercise.reps)) > 1:
        counts = functools.reduce(
            lambda one, following: say.part("dose.then", first=one, next=following),
            [say.number(reps) for reps in exercise.reps],
        )
        if hold := _only_hold(exercise):
            return say("dose.pyramid_holds", n=sets, counts=counts, time=say.time(hold))
        held = _held(exercise, say.part("dose.pyramid"), 0, say)
        return say("dose.pyramid_reps", n=sets, dose=held, counts=counts)
    dose = set_dose(exercise, first, say)
    if not counted_holds(exercise):
        dose = _held(exercise, dose, first, say)
    if len(exercise.reps) == 1:
        return say("dose.one_set", dose=dose)
    return say("dose.sets_of", n=sets, dose=dose)


def set_dose(exercise: Exercise, count: int, say: Phrases) -> str:
    """Return one set of ``count`` reps as part of a sentence: "eight reps with two kilos"."""
    dose = _unloaded(exercise, count, say)
    if exercise.load:
        dose = say.part("dose.loaded", dose=dose, load=say.load(exercise.load))
    return _held(exercise, dose, count, say) if counted_holds(exercise) else dose


def _held(exercise: Exercise, dose: str, count: int, say: Phrases) -> str:
    """Add to the reps in ``dose`` how they are held; ``count`` is 0 where it differs between sets."""
    holds = counted_holds(exercise) or _told_holds(exercise)
    if not holds or _only_hold(exercise):
        return dose
    if len(set(holds)) > 1:
        return say.part("dose.holds_between", dose=dose, times=say.join(list(map(say.time, holds))))
    time = say.time(holds[0])
    if len(holds) > 1 and count and counted_holds(exercise):
        return say.part("dose.more_holds", dose=dose, n=say.number(count * len(holds)), time=time)
    return say.part("dose.held", count != 1, dose=dose, time=time)


def _unloaded(exercise: Exercise, count: int, say: Phrases) -> str:
    if exercise.duration is not None:
        return say.part("dose.timed", time=say.time(exercise.duration))
    if hold := _only_hold(exercise):
        phrase = "dose.holds" if count > 1 else "dose.one_hold"
        return say.part(phrase, n=say.number(count), time=say.time(hold))
    counted = Counted.BREATHS if exercise.kind is Kind.BREATHING else exercise.counted
    return say.part(f"dose.{counted if count > 1 else f'one_{counted.one}'}", n=say.number(count))


def needed(items: Iterable[str], loads: Sequence[float], say: Phrases) -> str:
    """Name the things to lay out, weights by their loads: "You need a mat and a weight of two kilos."; empty
    without any.

    A thing that somebody else named has no article, so it is said as in a list: "You need: counter, chair."
    """
    items = [item for item in items if not (loads and item == WEIGHT)]
    named = [say.thing(item) for item in items]
    if loads:
        each = say.join(list(map(say.load, loads)))
        named.append(say.part("intro.weight", len(loads) > 1, loads=each))
    if not named:
        return ""
    if say.has_articles(items):
        return say("intro.equipment", things=say.join(named))
    return say("intro.equipment_own", things=say.listed(named))


MOST = 3
"""The most changes told one by one in the intro; more are only counted. [own choice]"""


def swap_sentences(swaps: Sequence[Swap], say: Phrases, *, prescribed: bool = False) -> tuple[str, ...]:
    """Return what the intro says about ``swaps``: a sentence for each, or how many there are.

    Of exercises that somebody prescribed each is told, however many: they were meant to be done.
    """
    if len(swaps) > MOST and not prescribed:
        return (say("swap.many", n=say.number(len(swaps))),)
    return every_swap(swaps, say)


def every_swap(swaps: Sequence[Swap], say: Phrases) -> tuple[str, ...]:
    """Return a sentence for each swap, with its reason."""
    return tuple(
        say(
            "swap.instead" if swap.instead else "swap.left_out",
            name=swap.name,
            instead=swap.instead,
            reason=_reason(swap, say),
        )
        for swap in swaps
    )


def _reason(swap: Swap, say: Phrases) -> str:
    reasons = [say.part(f"caution.{caution}.because") for caution in swap.cautions]
    if swap.missing:
        things = list(map(say.thing, swap.missing))
        if say.has_articles(swap.missing):
            reasons.append(say.part("swap.missing", things=say.join(things)))
        else:
            reasons.append(say.part("swap.missing_own", things=say.listed(things)))
    return say.join(reasons)


def round_words(number: Round | None, say: Phrases) -> str:
    """Return the sentence that says which round begins; empty where none does."""
    if number is None:
        return ""
    return say(
        "round.last" if number.is_last else "round.next",
        n=say.number(number.number),
        of=say.number(number.of),
    )


def which_rounds(rounds: Iterable[Round], say: Phrases, phrase: str = "title.round") -> str:
    """Return which rounds these are, for the eye: "round 2 of 3"; empty outside rounds."""
    return ", ".join(say.part(phrase, n=str(each.number), of=str(each.of)) for each in rounds)


def self_check_sentence(error: Fix | None, say: Phrases) -> str:
    """Return what to do about a common error; empty without one."""
    return say("check", when=_within(error.when), fix=_within(error.fix)) if error else ""


def focus_sentence(step: Briefing | ChangeSides | RestStep, say: Phrases, turn: int = 0) -> str:
    """Return the task of the set that comes next; empty when it has none.

    Its words vary with the exercise, and within it with ``turn``.
    """
    return (
        say("focus", step.block + turn, cue=_within(say.sided(step.focus, step.side))) if step.focus else ""
    )


def _within(sentence: str) -> str:
    """Fit a sentence into another one: no capital at its start, no full stop at its end."""
    return uncapitalised(sentence).rstrip(".")


def uncapitalised(sentence: str) -> str:
    """Return ``sentence`` without the capital at its start; "RPE 5 at most" keeps its capitals."""
    first = sentence.partition(" ")[0].rstrip(".,:")
    return sentence if len(first) > 1 and first.isupper() else sentence[:1].lower() + sentence[1:]


class Wording(IntEnum):
    """How fully the phases of a set are named."""

    FULL = 0
    """The full words in every rep; long ones until they are known."""
    FADING = 1
    """The shortest words in every rep, but for long ones until they are known."""
    SHORT = 2
    """The shortest words in every rep."""
    UNCOUNTED = 3
    """The shortest words in every rep, and no bare numbers."""
    SPARSE = 4
    """No "ready", no bare numbers, and from the second rep on tones for all phases but the first."""


TAUGHT_REPS = 2
"""The number of reps after which the words of a phase are known. [own choice]"""


def words_for(exercise: Exercise, beat: Beat, phrases: Phrases, *, opens_rep: bool) -> list[str]:
    """Return what may be said on a beat, fullest wording first, with the side where sides alternate.

    Of a phase whose word is empty that is nothing but the side.
    """
    name = phrases("work.start") if beat.kind is PhaseKind.TIMED else phrases.phase(beat.phase)
    word = exercise.words.get(beat.phase, name)
    # "Left leg. Ready." and then "Foot up." would lift the wrong foot.
    other = "{other}" in word
    texts = [phrases.sided(word, beat.side), *([] if other else [name])] if word else []
    if opens_rep and beat.side and exercise.sides is Sides.ALTERNATE:
        side = {"side": phrases.side(beat.side), "limb": exercise.limb}
        whole = texts if "{" in word else [phrases("work.sided", word=each, **side) for each in texts[:1]]
        texts = [*whole[:1], phrases("work.side", **side)]  # the side is always named
    return list(dict.fromkeys(texts))


LONG_WORDS = 3
"""Words of a phase that are longer than this many words are shortened once they are known. [own choice]"""


def worded(
    texts: list[str], beat: Beat, wording: Wording, speech: Speech, *, opens_rep: bool, known: bool
) -> list[str]:
    """Return the ``texts`` that ``wording`` allows on ``beat``; none where a tone is enough.

    ``known`` tells whether the exercise had a set before this one, so that its words were heard.
    """
    if not texts or (wording is Wording.SPARSE and beat.rep > 1 and not opens_rep):
        return []
    taught = known or beat.rep > TAUGHT_REPS
    long = len(texts[0].split()) > LONG_WORDS - known
    # Words that are not long stay the same in all reps: "And close", "And close", "Lower" is another order.
    fades = taught if long else wording is Wording.FADING
    return [min(texts, key=speech.measure)] if fades or wording >= Wording.SHORT else texts


START_AFTER = 1.5
"""Seconds from "go" to a prompt for the start. [own choice]"""


def due(prompts: tuple[Prompt, ...], duration: float) -> Iterator[tuple[float, Prompt, str]]:
    """Yield each prompt of ``duration`` seconds of work: its time in seconds, the prompt and its text."""
    # Once the end is announced ("ease the pace"), a regular prompt would contradict it.
    easing = duration - max((prompt.before_end or 0.0 for prompt in prompts), default=0.0)
    for prompt in prompts:
        for turn, at in enumerate(_moments(prompt, duration, easing)):
            yield at, prompt, prompt.say[turn % len(prompt.say)]


def _moments(prompt: Prompt, duration: float, easing: float) -> list[float]:
    """Return the seconds at which ``prompt`` is due; a prompt with "every" ends at ``easing``."""
    if prompt.at is not None:
        return [duration / 2 if prompt.at is Moment.HALF else START_AFTER]
    if prompt.before_end is not None:
        return [duration - prompt.before_end] if prompt.before_end < duration else []
    assert prompt.every is not None
    return [prompt.every * count for count in range(1, math.ceil(easing / prompt.every))]
