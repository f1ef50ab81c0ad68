"""What must be heard of each exercise to do it right with eyes shut, asked of the words of first sessions."""

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from fakes.speech import SOUNDS

from voicecoach.app import prepare
from voicecoach.language import phrases
from voicecoach.language.speech_length import EstimatedSpeech
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import Do, Routine, Sides
from voicecoach.routine.phase import PhaseKind
from voicecoach.timeline.compile import compile_all, with_length
from voicecoach.timeline.countdown import COUNTDOWN
from voicecoach.timeline.expand import Settings
from voicecoach.timeline.gaps import gaps, shares
from voicecoach.timeline.segment import Play, Role, Speak
from voicecoach.timeline.speech_track import Kit
from voicecoach.timeline.steps import Briefing, ChangeSides, Intro, RestStep, WaitStep, Work
from voicecoach.timeline.words import dose_sentences
from voicecoach.units import frames

LIBRARY = Library.default()
SAY = phrases.load()


class Voice(EstimatedSpeech):
    """A voice as fast as the natural one, on any machine."""

    audible = True


KIT = Kit(Voice(), SOUNDS, SAY)
SURFACE = re.compile(r"\b(mat|floor|ground|chair|wall|ball|step|stand|standing|walk|table)\b", re.IGNORECASE)
POINTING = re.compile(
    r"\b(as shown|like this|like so|this (leg|arm|side|knee|foot)|see the picture)\b|[{}]", re.IGNORECASE
)
LIMBS = {"leg", "knee", "foot", "heel", "arm", "hand", "elbow", "ankle", "thigh"}
LIMB = re.compile(rf"\b({'|'.join(LIMBS)})\b", re.IGNORECASE)
CORRECTION = re.compile(r"If [^.]+, [^.]+\.")
PACE = re.compile(r"\b(pace|easy|easily|brisk|briskly|steady|steadily|quick|slowly)\b", re.IGNORECASE)
CALLED = {PhaseKind.MOVE, PhaseKind.LOWER, PhaseKind.HOLD, PhaseKind.PAUSE, PhaseKind.TIMED}
COUNTED = frames(5)
"""Frames of the shortest hold whose end is counted down."""
LONGER_THAN_A_MOMENT = 2.0
"""Seconds from which a hold is told in seconds; a shorter one is no longer than its word."""
WAYS_TO_STOP = (
    "if pain grows or spreads down your leg",
    "Come out of it slowly then, rest in whatever position is easiest",
    "stop for today if it does not settle",
    "To pause, press the space bar",
    "If an exercise hurts, press the letter X",
    "After a pause, press the space bar again",
    "The letter N goes on to the next exercise",
    "you can come back in at any time",
)


def first_session(routine):
    """The steps of a full session for somebody who did none of it before, each with its segment.

    Rests have the seconds that they last.
    """
    steps = prepare.steps_of(routine, Settings())
    steps = with_length(steps, compile_all(steps, KIT).expected)
    lasting = [
        replace(step, seconds=shares(around.gap, KIT).seconds)
        if isinstance(step, RestStep) and around.gap
        else step
        for step, around in zip(steps, gaps(steps), strict=True)
    ]
    return list(zip(lasting, compile_all(steps, KIT).segments, strict=True))


def alone(key):
    """A routine with nothing but one exercise of the library."""
    return Routine(id="it", name="It", steps=(Do(exercise=LIBRARY.exercise(key)),), path=Path("it"))


def spoken(segment):
    return [event for event in segment.events if isinstance(event, Speak)]


def text(*segments):
    return " ".join(say.text for segment in segments for say in spoken(segment))


def has(words, *parts):
    """Tell whether all ``parts`` are among the words, each as a whole."""
    return all(re.search(rf"(?<![\w-]){re.escape(part)}(?![\w-])", words, re.IGNORECASE) for part in parts)


def facts(session, briefing, told):
    """For the exercise that ``told`` explains: whether each fact is said where a listener needs it."""
    exercise, here = briefing.exercise, [pair for pair in session if pair[0].block == briefing.block]
    sets = [(step, segment) for step, segment in here if isinstance(step, Work)]
    rests = [(step, segment) for step, segment in here if isinstance(step, RestStep) and step.next_set]
    words, side = text(told), briefing.side
    position = [SAY.sided(sentence, side) for sentence in exercise.position]
    stay = SAY.sided(SAY.part(f"stay.{exercise.posture}", side="{side}"), side) if exercise.posture else ""
    timed = exercise.duration is not None
    return {
        "name": has(words, exercise.name),
        "why": exercise.why in words,
        "start position": (position[0] in words or (briefing.stays and stay in words))
        and len(position) > 1
        and all(sentence in words for sentence in position[1:]),
        "surface": briefing.stays or bool(SURFACE.search(words)),
        "moving part": SAY.sided(exercise.movement, side) in words,
        "feel": SAY.sided(exercise.feel, side) in words,
        "nothing that must be seen": not POINTING.search(text(*(segment for _, segment in here))),
        "dose": says_dose(exercise, words),
        "hold seconds": all(
            has(words, SAY.time(phase.seconds))
            for phase in exercise.rep
            if phase.is_hold and phase.seconds >= LONGER_THAN_A_MOMENT
        ),
        "pace of timed work": exercise.cadence is None or bool(PACE.search(words)),
        "first side": exercise.sides is Sides.BOTH
        or any(has(words, f"{named(side, exercise.limb)} first") for side in ("left", "right"))
        or has(words, "first to the left"),
        "limb of each side": exercise.sides is not Sides.EACH or names_limb(exercise),
        "side of each set": all(names_side(step, segment) for step, segment in sets),
        "side of each rep": exercise.sides is not Sides.ALTERNATE
        or timed
        or all(names_side_of_reps(segment) for _, segment in sets),
        "side at each change": all(changes_are_told(exercise, here)),
        "phases": all(calls_phases(segment) for _, segment in sets),
        "end of holds": all(counts_down(segment) for _, segment in sets),
        "correction": bool(CORRECTION.search(words)),
        "rest": all(says_rest(step, text(segment)) for step, segment in rests),
        "stop for the leg": not exercise.leg_rule or "spreads down your leg" in words,
    }


def says_dose(exercise, words):
    """Tell whether the number of sets, the reps of each or the time of work, and the load are said."""
    if exercise.load and not has(words, SAY.load(exercise.load)):
        return False
    if len(exercise.reps) > 1 and not has(words, f"{SAY.number(len(exercise.reps))} sets"):
        return False
    if exercise.duration is not None:
        return has(words, SAY.time(exercise.duration))
    return all(has(words, SAY.number(reps)) for reps in exercise.reps)


def names_limb(exercise):
    """Tell whether what differs between the sides is said of something that has a side."""
    sided = [sentence for sentence in (*exercise.position, exercise.movement) if "{" in sentence]
    return any(LIMB.search(sentence) for sentence in sided) or bool(sided and exercise.limb not in LIMBS)


def named(side, limb):
    """What a side is called; of a movement that is no part of the body it is a way to go."""
    return f"to the {side}" if limb == "circle" else f"{side} {limb}"


def changes(words):
    return has(words, "change sides") or has(words, "the other way")


def names_side(step, segment):
    """Tell whether the count-in of a sided set says which side works."""
    before = [say.text for say in spoken(segment) if say.frame < segment.begins]
    return not step.side or any(has(said, named(step.side, step.exercise.limb)) for said in before)


def names_side_of_reps(segment):
    firsts = [beat for before, beat in pairwise(segment.beats) if beat.rep != before.rep]
    return all(has(said_on(segment, beat.frame), beat.side) for beat in firsts)


def changes_are_told(exercise, here):
    for step, segment in here:
        if isinstance(step, ChangeSides):
            words = text(segment)
            yield changes(words) and has(words, named(step.side, exercise.limb))


def said_on(segment, frame):
    return " ".join(say.text for say in spoken(segment) if say.frame == frame)


def calls_phases(segment):
    """Tell whether each phase of effort is called on its first frame.

    In the first rep its words do that, and later these, a form cue or, within a rep, a tone.
    """
    words = {say.frame for say in spoken(segment) if say.role is Role.PHASE}
    cues = {say.frame for say in spoken(segment) if say.role in {Role.CUE, Role.BREATH}}
    tones = {event.frame for event in segment.events if isinstance(event, Play)}
    for before, beat in pairwise(segment.beats):
        if beat.kind in CALLED:
            also = set() if beat.rep == 1 else cues if beat.rep != before.rep else cues | tones
            if beat.frame not in words | also:
                return False
    return True


def counts_down(segment):
    """Tell whether three, two, one are said before the end of each long hold and of timed work."""
    counted = {say.frame: say.text for say in spoken(segment) if say.role is Role.COUNT}
    ends = [
        beat.end
        for beat in segment.beats
        if beat.kind in {PhaseKind.HOLD, PhaseKind.TIMED} and beat.frames >= COUNTED
    ]
    return all(has(counted.get(end - frames(n), ""), SAY.number(n)) for end in ends for n in COUNTDOWN)


def says_rest(step, words):
    """Tell whether the length of a rest is said, and what comes after it: which set, and on which side."""
    number = f"set {SAY.number(step.next_set)}"
    which = has(words, "last set") if step.next_set == step.sets else has(words, number)
    side = not step.side or has(words, named(step.side, step.limb))
    change = not step.changes or changes(words)
    return step.seconds is not None and has(words, SAY.time(step.seconds)) and which and side and change


def between_exercises(session):
    """For each way from one exercise to the next: whether its rest or wait is told, and what comes next."""
    for (step, segment), (following, after) in pairwise(session):
        if isinstance(step, WaitStep):
            yield step.title, "length of the wait", has(text(segment), SAY.time(step.limit))
        if isinstance(step, RestStep) and not step.next_set:
            if step.seconds is not None:
                yield step.title, "length of the rest", has(text(segment), SAY.time(step.seconds))
            if isinstance(following, Briefing):
                yield step.title, "what comes next", has(text(segment, after), following.exercise.name)


def table(name, routine):
    """Every cell of one session: the session, the exercise, the fact, and whether it is said."""
    session = first_session(routine)
    intro = text(*(segment for step, segment in session if isinstance(step, Intro | Briefing)))
    for way in WAYS_TO_STOP:
        yield name, "", way, has(intro, way)
    for step, segment in session:
        if isinstance(step, Briefing) and not step.again:
            for fact, said in facts(session, step, segment).items():
                yield name, step.exercise.key, fact, said
    for title, fact, said in between_exercises(session):
        yield name, title, fact, said


def test_every_fact_is_said(record_property):
    """Of every exercise of every shipped routine, and of every other one of the library on its own."""
    routines = {name: LIBRARY.load(name) for name in LIBRARY.routines()}
    alone_too = {f"({key})": alone(key) for key in LIBRARY.exercises()}
    cells = [cell for name, routine in (routines | alone_too).items() for cell in table(name, routine)]
    missing = [cell[:3] for cell in cells if not cell[3]]
    record_property("figure", f"{len(cells) - len(missing)} of {len(cells)} facts are said")
    assert missing == []


@pytest.mark.parametrize(
    ("reps", "said"),
    [
        ((1,), "One rep, held for two seconds."),
        ((8,), "Eight reps, each held for two seconds."),
        ((8, 8), "Two sets of eight reps, each held for two seconds."),
        ((8, 6), "Two sets of reps, each held for two seconds: eight, then six."),
    ],
)
def test_the_dose_tells_a_hold_too_short_to_be_counted(reps, said):
    assert dose_sentences(replace(LIBRARY.exercise("glute_bridge"), reps=reps), SAY) == [said]
