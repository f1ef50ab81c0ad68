"""Every edit of a plan at every place in it, as text: ``cases/edits.txt``.

A line says which steps take the place of which, by their numbers, the step that starts now, and the second at
which what plays is spliced; at a later second of a step, what is other than at the one before.
"""

from dataclasses import replace
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path

from fakes.speech import SOUNDS, LetterSpeech
from golden import assert_golden
from naming import naming
from scores import assert_nothing_overlaps_or_is_cut, assert_well_timed

from voicecoach.language import phrases
from voicecoach.routine.model import Do, Exercise, Pace, Posture, Rest, Routine, Say, Sides, Variation, Wait
from voicecoach.routine.phase import Phase, PhaseKind
from voicecoach.session.commands import TABLE, Command, Door
from voicecoach.session.edits import left_early, revise
from voicecoach.session.revision import PlanPosition, Refused, unpraised
from voicecoach.timeline.compile import compile_step
from voicecoach.timeline.expand import Settings, expand, expand_exercise
from voicecoach.timeline.segment import Role, Score, SegmentKind, reps_done, splice
from voicecoach.timeline.speech_track import Kit
from voicecoach.timeline.steps import (
    Briefing,
    Coaching,
    Hurt,
    OtherVariation,
    RestStep,
    TalkLevel,
    Work,
    praised,
    telling,
    works,
)
from voicecoach.timeline.talk_level import at_talk_level
from voicecoach.units import seconds

KIT = Kit(LetterSpeech(), SOUNDS, phrases.load())
EDITS = [row.command for row in TABLE if row.door is Door.EDIT]
SHORT = Settings(coaching=Coaching.SHORT)


def exercise(name, *rep, reps, **more):
    phases = tuple(Phase(name=each, seconds=2, kind=PhaseKind(kind)) for each, kind in rep)
    return Exercise(id=name.lower(), name=name, rep=phases, reps=reps, **more)


LIFT = exercise("Lift", ("lift", "move"), reps=(6, 5, 4), posture=Posture.STANDING, equipment=("weights",))
SLIDE = exercise(
    "Slide",
    ("slide", "move"),
    ("stay", "hold"),
    reps=(4, 4),
    posture=Posture.SUPINE,
    why="It wakes the muscles.",
    movement="Slide a heel away.",
    leg_rule=True,
    easier=(Variation(text="Slide half as far."), Variation(exercise="lift")),
    harder=(Variation(exercise="lift"),),
)
TURN = exercise(
    "Turn",
    ("drop", "move"),
    reps=(6,),
    sides=Sides.EACH,
    movement="Drop your {side} knee.",
    posture=Posture.SUPINE,
)
ROLL = exercise(
    "Roll", ("roll", "move"), reps=(7,), sides=Sides.ALTERNATE, easier=(Variation(text="Roll less."),)
)
MARCH = Exercise(id="march", name="March", duration=60.0, posture=Posture.STANDING, cadence=100)
PUSH = exercise("Push", ("push", "move"), reps=(3,), pace=Pace.SELF, limit=20.0)
ROUND = exercise("Round", ("turn", "move"), reps=(3, 3, 3), easier=(Variation(exercise="lift"),))
ONCE = exercise("Round", ("turn", "move"), reps=(3,), easier=(Variation(exercise="lift"),))


class Suiting:
    """The variations that the exercises name themselves."""

    hurt = ()

    def variation(self, key):
        return LIFT if key == LIFT.key else None

    def plan(self, block, exercise, posture, done=frozenset()):
        return expand_exercise(block, exercise, Settings(), posture, done)


def planned(*what):
    done = tuple(Do(exercise=each) if isinstance(each, Exercise) else each for each in what)
    return expand(Routine(id="r", name="R", steps=done, path=Path("r.yaml")), SHORT)


def word(step):
    """A step in a few words."""
    match step:
        case Briefing():
            up = ", up" * ("up" in step.way)
            told = f"tell {step.coaching} {step.exercise.name}{up}" + ", again" * step.again
            said = " ".join(getattr(each, "text", "") for each in compile_step(0, step, KIT).events)
            return f"{told}: {said!r}" if step.going_on else told
        case Work():
            dose = f"{step.exercise.duration:g}s" if step.exercise.duration else f"{step.reps}"
            tempos = dict.fromkeys(step.tempo) if len(set(step.tempo)) == 1 else step.tempo
            tempo = "@" + "-".join(f"{each:g}" for each in tempos) if step.tempo else ""
            return f"{step.title} {step.set_number}/{step.sets}{step.side[:1]} x{dose}{tempo}"
        case RestStep():
            told = step.next_exercise.name if step.next_exercise else f"set {step.next_set}"
            return f"rest {step.seconds}+{step.added:g} for {told}"
        case OtherVariation():
            way = "harder" if step.harder else "easier"
            return f"{way}: {step.text}{step.instead} {' '.join(step.equipment)}".rstrip()
        case Hurt():
            return f"hurt {step.exercise.name}"
    return type(step).__name__.removesuffix("Step").lower()


SEEN = {}
"""By their identity, steps with what they say of themselves; kept, so that no other takes their identity."""


def whole(step):
    """All that a step is, which is asked once."""
    if id(step) not in SEEN:
        SEEN[id(step)] = step, repr(step)
    return SEEN[id(step)][1]


MADE = {}


def compiled(step):
    """The segment of a step, which is compiled once and well timed."""
    if whole(step) not in MADE:
        MADE[whole(step)] = compile_step(0, step, KIT)
        assert_well_timed(Score((MADE[whole(step)],)), KIT.speech.measure)
    return MADE[whole(step)]


def change(old, found):
    """What ``found`` changes in the steps ``old``."""
    parts = [] if found.jump is None else [f"now {found.jump}"]
    parts += [] if found.splice is None else [f"at {seconds(found.splice):.2f}"]
    if found.talk:
        quiet = [step.talk for step in found.steps if step.talk is not found.talk]
        parts += [f"say {found.talk}", *(f"but {talk} to the end of what plays" for talk in quiet)]
        old = [replace(step, talk=new.talk) for step, new in zip(old, found.steps, strict=True)]
    before, after = (list(map(whole, steps)) for steps in (old, found.steps))
    matched = SequenceMatcher(None, before, after, autojunk=False)
    for what, start, end, first, last in matched.get_opcodes():
        if what != "equal":
            parts.append(" ".join([f"{start}-{end}:", ", ".join(map(word, found.steps[first:last]))]).strip())
    return " | ".join(parts)


def check(steps, at, command, found):
    """What holds for every edit."""
    level = found.talk or steps[-1].talk
    assert found.steps[: at.index] == telling(steps[: at.index], level)
    assert found.jump is None or found.jump >= at.index
    loud = [step for step in found.steps if step.talk is not level]
    asked_for = len(loud) <= 2 and all(isinstance(step, Briefing | Hurt | OtherVariation) for step in loud)
    assert asked_for or loud == [steps[at.index]], "only what was asked for is said at another level"
    segments = list(map(compiled, found.steps))
    assert segments[-1].kind is SegmentKind.OUTRO
    assert [each.block for each in segments] == sorted(each.block for each in segments)
    for before, step in pairwise(found.steps) if command in {Command.EXPLAIN, Command.HURTS} else ():
        assert getattr(step, "after_work", False) in {False, isinstance(before, Work)}, "no rest without work"
    if found.splice is not None:
        old, new = at.segment, segments[at.index]
        joined = splice(old, new, found.splice)
        if found.talk:
            joined = at_talk_level(old, new, found.splice, found.talk, KIT)
        says = [event for event in joined.events if hasattr(event, "text")]
        assert command.row.splices
        assert at.frame < found.splice
        assert_nothing_overlaps_or_is_cut(joined, says, KIT.speech.measure)
        kept, made = ([beat for beat in each.beats if beat.frame < found.splice] for each in (old, joined))
        assert kept == made
        assert reps_done(joined, joined.frames) == reps_done(old, old.frames)
        if isinstance(steps[at.index], RestStep):
            once = [each.text for each in says if each.role is not Role.COUNT]
            assert len(once) == len(set(once))


def answers(steps, at):
    """By command, how it is answered there."""
    for command in EDITS:
        try:
            found = revise(steps, at, command, Suiting())
        except Refused as refused:
            yield command, f"no: {refused.reason}"
        else:
            with naming(at.index, at.frame, command):
                check(steps, at, command, found)
            yield command, change(steps, found)


def edits(title, steps, numbers=None):
    """The lines of all edits of a plan, in the numbered steps or in all of them."""
    yield f"== {title}"
    yield from (f"{number:3} {word(step)}" for number, step in enumerate(steps))
    for index in range(len(steps)) if numbers is None else numbers:
        segment = compiled(steps[index])
        starts, before = segment.rep_starts(), {}
        frames = (starts[0] - 1, starts[len(starts) // 2] + 100, starts[-1] + 100) if starts else (100,)
        for frame in (*frames, segment.frames - 1):
            found = dict(answers(steps, PlanPosition(index, frame, segment)))
            where = f"second {seconds(frame):.2f} of {seconds(segment.frames):.2f}"
            yield f"-- {index} {word(steps[index])}, {where}"
            yield from (f"{name:<13} {told}" for name, told in found.items() if before.get(name) != told)
            before = found


def asked(steps, number, command, times=1):
    """The plan after ``command`` in the middle of the numbered set."""
    for _ in range(times):
        index = steps.index(works(steps)[number])
        segment = compiled(steps[index])
        steps = revise(steps, PlanPosition(index, segment.frames // 2, segment), command, Suiting()).steps
    return steps


def all_edits():
    plan = planned(SLIDE, TURN, Rest(seconds=40.0), ROLL, Wait(what="A strap"), SLIDE, MARCH, PUSH)
    first = plan.index(works(plan)[0])
    yield from edits("a plan", plan)
    yield from edits("easier was asked for", asked(plan, 0, Command.EASIER), range(first, first + 3))
    yield from edits("easier twice", asked(asked(plan, 0, Command.EASIER), 0, Command.EASIER), [first])
    hurt = asked(plan, 2, Command.HURTS)
    over = next(index for index, step in enumerate(hurt) if isinstance(step, Hurt))
    yield from edits("Turn hurt", hurt, range(over, over + 2))
    yield from edits("slower once", asked(plan, 0, Command.SLOWER), [first + 2])
    yield from edits("slower five times", asked(plan, 0, Command.SLOWER, times=5), [first])
    yield from edits("faster five times", asked(plan, 0, Command.FASTER, times=5), [first])
    yield from edits("names only", asked(plan, 0, Command.TALK, times=2), [first])
    yield from edits("a pyramid", planned(ROUND), range(2, 8))
    yield from edits("its last set is another", asked(planned(ROUND), 2, Command.EASIER))
    yield from edits("a circuit", planned(ONCE, ONCE, ONCE), range(2, 5))
    yield from edits("no exercise", planned(Say(text="Hello.")))


def test_every_edit_at_every_place():
    assert_golden(Path(__file__).parent / "cases" / "edits.txt", "\n".join(all_edits()) + "\n")


def test_what_was_not_done_in_full_is_not_praised():
    """Neither after another variation, nor when it hurt, nor when it was skipped; the others still are."""
    names = {each.key: f"All of {each.name}." for each in (SLIDE, TURN, ROLL)}
    plan = praised(planned(SLIDE, TURN, Rest(seconds=40.0), ROLL, Wait(what="A strap"), SLIDE), names)
    sets = works(plan)
    assert heard_praise(plan) == ["All of Turn.", "All of Roll.", "All of Slide."]
    assert heard_praise(asked(plan, 0, Command.EASIER)) == ["All of Turn.", "All of Roll."]
    assert heard_praise(asked(plan, 2, Command.HURTS)) == ["All of Roll.", "All of Slide."]
    assert heard_praise(asked(plan, 0, Command.HURTS)) == ["All of Turn.", "All of Roll."]
    assert heard_praise(unpraised(plan, plan.index(sets[4]))) == ["All of Turn.", "All of Slide."]
    assert heard_praise(unpraised(plan, plan.index(sets[4]) - 1)) == ["All of Turn.", "All of Slide."]
    assert heard_praise(telling(plan, TalkLevel.CUES)) == []


def heard_praise(steps):
    said = (event for step in steps for event in compile_step(0, step, KIT).events)
    return [event.text for event in said if getattr(event, "text", "").startswith("All of")]


def test_who_goes_on_early_is_told_how_to_leave_what_they_are_in():
    over = exercise("Over", ("lift", "move"), reps=(2, 2), equipment=("ball",), leaving="Let it roll aside.")
    plan = planned(over, replace(over, id="again"), SLIDE)
    first, second, third = (at for at, step in enumerate(plan) if isinstance(step, Briefing))
    for coming, index, leaving in (
        (second, first, ""),  # the same ball in the same position
        *((third, at, "Let it roll aside.") for at in range(second, third - 1)),
        (third, third - 1, ""),  # the rest before it has said so
    ):
        told = left_early(plan, index, coming)[coming]
        assert told.leaving == leaving
        assert leaving in " ".join(getattr(each, "text", "") for each in compile_step(0, told, KIT).events)
        assert plan[coming].leaving == ""
    assert left_early(plan, second, len(plan) - 1) is plan
