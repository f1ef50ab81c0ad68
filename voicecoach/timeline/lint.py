"""Advice that needs times: words that do not fit, and positions that nobody can reach in time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeGuard

from voicecoach.language import phrases
from voicecoach.routine.advice.rule import OWN, Advice, Level, Rule
from voicecoach.routine.model import Do, Exercise, Kind, Pace, Rest, Routine, Step
from voicecoach.timeline.reminders import in_turn
from voicecoach.timeline.segment import Event, Role, Score, Segment, SegmentKind, Speak
from voicecoach.timeline.travel import IN_PLACE, posture_seconds
from voicecoach.units import format_count, format_duration, seconds

GET_THERE: Final = "get-there"
_AND_THEN: Final = "and there is time to get there, or you hear that the written rest is too short for it"
TIME_TO_GET_THERE: Final = 20.0
"""Seconds for a change of position whose posture is unknown (catalogue section 8: 20-30 s)."""
MOST_SHOWN: Final = 3
"""The most texts that advice quotes. [own choice]"""
MOST_HEARD: Final = 6
"""The most times that the same sentence is said in a session, unless it counts, names a side or a phase, or
tells a time. [own choice]"""
SLACK: Final = 0.5
"""Seconds by which a time may differ before that is told. [own choice]"""
LONGEST_BREATH: Final = 3
"""The words of the longest breath cue that is a part of the movement, as phase words are. [own choice]"""


@dataclass(frozen=True, slots=True)
class Performance:
    """One exercise as it is done in a session."""

    do: Do
    segments: tuple[Segment, ...]
    """From its briefing to the end of its last set."""
    before: float
    """Seconds from the end of the previous work, or of the introduction, to its first rep."""
    rest: float | None
    """Seconds of the rest that is written between the exercise before and this one; None without one."""
    way: float
    """Seconds that a sore back needs from the posture before to this one; 0 where they are not known."""
    again: bool
    """Whether the previous exercise was the same one."""
    worn: Mapping[str, int]
    """The reminders that are said too often in the session, with how often; each where it is said first."""

    @property
    def exercise(self) -> Exercise:
        return self.do.exercise

    def unsaid(self) -> dict[str, Role]:
        """Return the texts that fit into no set, with their roles, in the order they would have come."""
        said = {each.text for segment in self.segments for each in segment.events if isinstance(each, Speak)}
        lost = [each for segment in self.segments for each in segment.dropped if each.text not in said]
        return {each.text: each.role for each in lost}


def advise(routine: Routine, score: Score) -> tuple[Advice, ...]:
    """Return advice on the timing of ``routine``, compiled to ``score``, each piece once."""
    performances = tuple(_performances(routine, score))
    found = [advice for each in performances for rule in RULES for advice in rule.on(each, each.do.place)]
    return tuple(dict.fromkeys(_together(found, performances)))


def _together(found: list[Advice], performances: Iterable[Performance]) -> Iterator[Advice]:
    """Yield what was ``found``, with one piece of advice for all exercises that lack a posture."""
    hurried = [each for each in performances if _get_there(each)]
    places = list(dict.fromkeys(each.do.place for each in hurried))
    for advice in found:
        if advice.rule != GET_THERE or len(places) == 1:
            yield advice
        elif advice.place == places[0]:
            others = format_count(len(places) - 1, "other exercise")
            what = (
                f"{hurried[0].exercise.name} and {others} begin less than {TIME_TO_GET_THERE:g}s after what"
            )
            yield replace(advice, what=f"{what} comes before; say their 'posture', {_AND_THEN}")


def _performances(routine: Routine, score: Score) -> Iterator[Performance]:
    """Every exercise in order. Blocks count the steps of the routine from 1."""
    blocks: dict[int, list[Segment]] = {}
    waits: dict[int, int] = {}
    keys: Counter[int] = Counter()
    free = 0
    for start, segment in score.starts():
        blocks.setdefault(segment.block, []).append(segment)
        if segment.kind is SegmentKind.WORK:
            count_in = 0 if segment.waits else segment.beats[0].frames
            waits.setdefault(segment.block, start + count_in - free)
        if segment.kind in {SegmentKind.WORK, SegmentKind.INTRO}:
            free = start + segment.ends
        keys[segment.block] += sum(each.frames for each in segment.events if _is_first_time_only(each))
    last: Exercise | None = None
    worn = _worn(score)
    for block, step in enumerate(routine.steps, start=1):
        if isinstance(step, Do):
            said = {event.text for segment in blocks[block] for event in segment.events if _reminds(event)}
            rest = _rest_before(routine.steps[: block - 1])
            way = posture_seconds(last.posture, step.exercise.posture) if last and last.posture else 0.0
            yield Performance(
                do=step,
                segments=tuple(blocks[block]),
                before=seconds(waits[block] - (keys[block] if rest is None else 0)),
                rest=rest,
                way=0.0 if way <= IN_PLACE else way,
                again=step.exercise == last,
                worn={text: worn.pop(text) for text in tuple(worn) if text in said},
            )
            last = step.exercise


def _rest_before(steps: tuple[Step, ...]) -> float | None:
    """Return the seconds of a rest that ends ``steps`` right after an exercise."""
    match steps[-2:]:
        case (Do(), Rest(seconds=length)):
            return length
        case _:
            return None


def _is_first_time_only(event: Event) -> bool:
    """Tell whether ``event`` is heard in the first session only, so that nobody may need its time."""
    return isinstance(event, Speak) and event.role is Role.KEYS


def _worn(score: Score) -> dict[str, int]:
    """Return the reminders that are heard too often in ``score``, with the number of times.

    A breath in a rest is none: the coach itself chooses its words.
    """
    said = [(segment, event) for _, segment, event in score.events() if isinstance(event, Speak)]
    rests = {SegmentKind.REST, SegmentKind.BRIEFING}
    reminders = {
        event.text
        for segment, event in said
        if _reminds(event) and (event.role is Role.CUE or segment.kind not in rests)
    }
    heard = Counter(event.text for _, event in said)
    return {text: heard[text] for text in reminders if heard[text] > MOST_HEARD}


def _reminds(event: Event) -> TypeGuard[Speak]:
    """Tell whether ``event`` is a reminder that wears out; "breathe out" belongs to its phase."""
    if not isinstance(event, Speak):
        return False
    return event.role is Role.CUE or (event.role is Role.BREATH and len(event.text.split()) > LONGEST_BREATH)


def _get_there(performance: Performance) -> str:
    """Check exercises without a posture: a stated one brings the time to reach it, or is checked too."""
    exercise, before = performance.exercise, performance.before
    known = exercise.posture is not None or performance.again
    unhurried = exercise.pace is Pace.SELF or (exercise.kind is Kind.AEROBIC and before < SLACK)
    if known or unhurried or before >= TIME_TO_GET_THERE:
        return ""
    return f"{exercise.name} begins after {format_duration(round(before))}; say its 'posture', {_AND_THEN}"


def _rest_grows(performance: Performance) -> str:
    rest, lasts, name = performance.rest, performance.before, performance.exercise.name
    if rest is None or lasts <= rest + SLACK:
        return ""
    before, now = format_duration(rest), format_duration(round(lasts))
    return f"the rest of {before} before {name} lasts {now}, as getting there takes as long"


def _short_way(performance: Performance) -> str:
    """Check exercises of the routine's own: before one of the library the time grows."""
    before, way = performance.before, performance.way
    if performance.exercise.id or before >= way - SLACK:
        return ""
    name, lasts = performance.exercise.name, format_duration(round(before))
    return f"{name} begins {lasts} after another position; getting there takes about {format_duration(way)}"


def _no_room(performance: Performance) -> str:
    return _quoted(
        performance, (text for text, role in performance.unsaid().items() if role.rank < Role.CUE.rank)
    )


def _no_room_for_cues(performance: Performance) -> str:
    return _quoted(
        performance, (text for text, role in performance.unsaid().items() if role.rank >= Role.CUE.rank)
    )


def _worn_out(performance: Performance) -> str:
    often = [f"'{text}' {times} times" for text, times in sorted(performance.worn.items())]
    name = performance.exercise.name
    return f"a session with {name} says {', '.join(often)}; use other words, or fewer" if often else ""


def _quoted(performance: Performance, texts: Iterable[str]) -> str:
    quoted = [f"'{text}'" for text in texts]
    if not quoted:
        return ""
    more = f" and {len(quoted) - MOST_SHOWN} more" if len(quoted) > MOST_SHOWN else ""
    return f"in {performance.exercise.name} there is no room to say {', '.join(quoted[:MOST_SHOWN])}{more}"


def _cue_unheard(performance: Performance) -> str:
    """Check the cues of the routine's own exercises: what is always said, and the task of each set."""
    if performance.exercise.id:
        return ""
    always = {cue.text for cue in performance.exercise.cues.always}
    found = {text: where for text, sets in _cues_of(performance).items() if (where := _where_not(sets))}
    if not found:
        return ""
    texts = [f"'{text}' {where}" for text, where in found.items()]
    more = f" and {len(texts) - MOST_SHOWN} more" if len(texts) > MOST_SHOWN else ""
    last = "" if always >= found.keys() else ", put it under 'always'"
    longer = "'rest' or 'change'" if performance.exercise.sides_apart > 1 else "'rest'"
    return (
        f"in {performance.exercise.name} {', '.join(texts[:MOST_SHOWN])}{more}; make {longer} longer, give"
        f" fewer cues{last}, or say it in 'position'"
    )


def _cues_of(performance: Performance) -> dict[str, list[tuple[str, bool]]]:
    """Return the cues that are to be heard in or before some sets, by their texts as they are written: for
    each of these sets its side, and whether it is heard.
    """
    say, found = phrases.load(), dict[str, list[tuple[str, bool]]]()
    heard = ""
    for segment in performance.segments:
        spoken = (event.text for event in segment.events if isinstance(event, Speak))
        heard = _plain(" ".join([heard, *spoken]))
        if (work := segment.work) is None:
            continue
        task = [cue.text for cue in in_turn(work.exercise, work.turn)[:1]]
        for text in [*(cue.text for cue in work.exercise.cues.always), *task]:
            said = _plain(say.sided(text, work.side)) in heard
            found.setdefault(text, []).append((work.side, said))
        heard = ""
    return found


def _where_not(sets: list[tuple[str, bool]]) -> str:
    """Say in which sets a cue is not heard; empty when it is in each of them."""
    lost = [side for side, heard in sets if not heard]
    if not lost:
        return ""
    if len(lost) == len(sets):
        return "is never heard"
    silent = {side for side, _ in sets} - {side for side, heard in sets if heard}
    if silent:
        return f"is not heard on the {' and '.join(sorted(silent))}"
    return f"is not heard in {len(lost)} of {len(sets)} sets"


def _plain(text: str) -> str:
    """Return ``text`` for comparing: a task is told within a sentence."""
    return re.sub(r"[^\w ]+", "", text.casefold())


RULES: Final[tuple[Rule[Performance], ...]] = (
    Rule(GET_THERE, _get_there, "getting onto the floor takes a sore back 20 s or more", OWN),
    Rule("rest-grows", _rest_grows, "a sore back needs its time to change position", OWN),
    Rule("short-way", _short_way, "a written time is kept, and who hurries gets up or down badly", OWN),
    Rule("no-room", _no_room, "a phase of N seconds holds about 2 x (N - 0.5) words", OWN),
    Rule("cue-unheard", _cue_unheard, "what nobody hears helps nobody", OWN),
    Rule(
        "worn-out",
        _worn_out,
        f"a sentence heard more than {MOST_HEARD} times an evening is not listened to any more",
        OWN,
    ),
    Rule(
        "no-room-for-cues", _no_room_for_cues, "at most one cue in 10 s, the rest is silence", OWN, Level.NOTE
    ),
)
"""The rules for each exercise whose times are known."""
