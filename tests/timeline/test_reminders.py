"""Which cue comes in which set, and where in it."""

from dataclasses import replace
from itertools import pairwise

import pytest
from fakes.speech import SOUNDS, LetterSpeech

from voicecoach.language import phrases
from voicecoach.routine.model import Cue, Cues, Exercise, Fix, Posture, Sides
from voicecoach.routine.phase import Phase, PhaseKind
from voicecoach.timeline import reminders
from voicecoach.timeline.compile import compile_all, compile_step
from voicecoach.timeline.expand import Settings, expand_exercise
from voicecoach.timeline.segment import Role, SegmentKind, Speak
from voicecoach.timeline.speech_track import Kit
from voicecoach.timeline.steps import Briefing, ChangeSides, RestStep, works

KIT = Kit(LetterSpeech(), SOUNDS, phrases.load())
LIFT = Exercise(
    name="Lift",
    posture=Posture.SUPINE,
    rep=(
        Phase(name="lift", seconds=4),
        Phase(name="lower", seconds=4, kind=PhaseKind.LOWER),
        Phase(name="relax", seconds=4, kind=PhaseKind.RELAX),
    ),
    reps=(8,),
    breathing=(Cue("Breathe out.", "lift"), Cue("Breathe in.", "lower")),
)


def planned(exercise, met=0):
    return expand_exercise(1, exercise, Settings(met=lambda _: met), Posture.SUPINE)


def with_cues(*cues, **changes):
    return replace(LIFT, cues=Cues(rotating=cues), **changes)


def spoken(exercise, role, met=0):
    """Each text of a role in the first set, with the name of the phase in which it begins."""
    segment = compile_step(0, works(planned(exercise, met))[0], KIT)
    for event in segment.events:
        if isinstance(event, Speak) and event.role is role:
            beat = next(beat for beat in segment.beats if beat.frame <= event.frame < beat.end)
            yield event.text, beat.phase, beat.rep, event.frame == beat.frame


def test_each_set_and_side_and_session_has_another_focus():
    three = with_cues(Cue("A."), Cue("B."), Cue("C."), sides=Sides.EACH, reps=(8, 8))
    told = [
        [step.focus for step in planned(three, met) if isinstance(step, Briefing | ChangeSides | RestStep)]
        for met in range(3)
    ]
    assert told == [["A.", "B.", "C.", "A."], ["B.", "C.", "A.", "B."], ["C.", "A.", "B.", "C."]]


@pytest.mark.parametrize(("cues", "sets"), [(1, 1), (4, 1), (4, 2), (4, 4), (4, 6), (8, 1), (12, 3)])
def test_a_session_begins_with_another_cue_than_the_last_one(cues, sets):
    exercise = with_cues(*(Cue(f"Cue {n}.") for n in range(cues)))
    firsts = [reminders.first_turn(exercise, sets, met) % cues for met in range(6)]
    assert all(one != other for one, other in pairwise(firsts)) or cues == 1


def test_self_checks_take_turns():
    exercise = replace(LIFT, errors=(Fix(when="A.", fix="a."), Fix(when="B.", fix="b.")))
    assert [check and check.when for check in (reminders.self_check(exercise, n) for n in range(3))] == [
        "A.",
        "B.",
        "A.",
    ]
    assert reminders.self_check(LIFT, 3) is None


@pytest.mark.parametrize(
    ("cue", "on_the_beat"), [("Keep your legs soft.", False), ("Lift from your heels.", True)]
)
def test_a_movement_begins_with_an_order(cue, on_the_beat):
    """Nobody begins to move at "Keep your legs soft", so there the word of the phase comes first."""
    ((_, phase, rep, on_beat),) = spoken(with_cues(Cue(cue, "lift")), Role.CUE)
    assert (phase, on_beat) == ("lift", on_the_beat)
    assert rep > 2, "once the words are known"
    words = [each[2] for each in spoken(with_cues(Cue(cue, "lift")), Role.PHASE) if each[0] == "And lift."]
    assert (rep in words) is not on_the_beat


def test_the_word_that_ends_a_movement_is_always_said():
    held = replace(LIFT, rep=(LIFT.rep[0], Phase(name="hold", seconds=4, kind=PhaseKind.HOLD), LIFT.rep[1]))
    cued = replace(held, cues=Cues(rotating=(Cue("Keep still.", "hold"),)))
    (said,) = spoken(cued, Role.CUE)
    assert said[:2] == ("Keep still.", "hold")
    assert [text for text, *_ in spoken(cued, Role.PHASE)].count("Hold.") == cued.reps[0]


def test_the_sets_of_a_session_have_different_cues_in_the_place_of_words():
    cues = (Cue("Lower long.", "lower"), Cue("Lift level.", "lift"), Cue("Lower slowly.", "lower"))
    sets = works(planned(with_cues(*cues, reps=(8, 8, 8))))
    on_beats = [
        {
            event.text
            for event in segment.events
            if isinstance(event, Speak) and event.role is Role.CUE and event.frame in starts
        }
        for segment in (compile_step(0, each, KIT) for each in sets)
        for starts in [{beat.frame for beat in segment.beats}]
    ]
    assert [len(each) for each in on_beats] == [2, 2, 2]
    assert len(set(map(frozenset, on_beats))) == 3


def test_a_cue_of_any_effort_is_not_said_while_one_lets_go():
    said = list(spoken(with_cues(Cue("Slowly."), Cue("Look up.")), Role.CUE))
    assert {text for text, *_ in said} == {"Slowly.", "Look up."}
    assert "relax" not in {phase for _, phase, *_ in said}


def test_the_focus_comes_around_the_middle_of_its_set():
    for met, focus in enumerate(("Slowly.", "Look up.")):
        rep = {
            text: rep for text, _, rep, _ in spoken(with_cues(Cue("Slowly."), Cue("Look up.")), Role.CUE, met)
        }
        assert 3 <= rep[focus] <= 6


def test_breath_is_told_in_the_phase_of_which_it_is_true_and_each_way_at_most_twice():
    said = [(text, phase) for text, phase, *_ in spoken(LIFT, Role.BREATH)]
    assert set(said) == {("Breathe out.", "lift"), ("Breathe in.", "lower")}
    assert all(said.count(each) == 2 for each in set(said))


def test_a_short_rep_says_how_to_breathe_right_after_its_words():
    brief = replace(LIFT, rep=tuple(replace(phase, seconds=2) for phase in LIFT.rep))
    said = [(text, phase) for text, phase, rep, _ in spoken(brief, Role.BREATH) if rep == 3]
    assert said == [("Breathe out.", "lift"), ("Breathe in.", "lower")]
    words = [text for text, _, rep, _ in spoken(brief, Role.PHASE) if rep == 3]
    assert words[:2] == ["And lift.", "Lower."]
    assert ("Three.", "relax", 3, False) in spoken(brief, Role.COUNT), "the call of the rep has its room"


@pytest.mark.parametrize("pace", [0.06, 0.1, 0.12, 0.15])
def test_a_reminder_leaves_room_for_the_call_of_its_rep(pace):
    """Else no words would do, and the whole set be left to tones."""
    kit = Kit(LetterSpeech(seconds_per_letter=pace), SOUNDS, phrases.load())
    brief = with_cues(Cue("Lower with care.", "lower"), rep=LIFT.rep[:2], reps=(5,))
    segment = compile_step(0, works(planned(brief))[0], kit)
    assert "Last one." in [getattr(event, "text", "") for event in segment.events]


def test_timed_work_and_a_single_hold_say_once_how_to_breathe_if_the_exercise_does():
    for alone in (
        {"rep": (), "duration": 45.0},
        {"rep": (Phase(name="hold", seconds=45, kind=PhaseKind.HOLD),)},
    ):
        stand = replace(LIFT, **alone, reps=(1,), breathing=(Cue("Keep breathing."),))
        assert [text for text, *_ in spoken(stand, Role.BREATH)] == ["Keep breathing."]
        assert [*spoken(replace(stand, breathing=()), Role.BREATH)] == []


def test_a_breath_is_measured_as_it_is_said():
    """A voice would render each letter of it."""
    measured = set()

    class Listening(LetterSpeech):
        def measure(self, text):
            measured.add(text)
            return super().measure(text)

    stand = replace(LIFT, rep=(), duration=45.0, reps=(1,), breathing=(Cue("Keep breathing."),))
    compile_step(0, works(planned(stand))[0], Kit(Listening(), SOUNDS, phrases.load()))
    assert "Keep breathing." in measured
    assert min(map(len, measured)) > 1


def test_the_first_rep_is_for_finding_the_movement():
    first = {rep for _, _, rep, _ in spoken(with_cues(Cue("A."), Cue("B."), Cue("C.")), Role.CUE)}
    assert 1 not in first


def test_a_long_rest_has_a_self_check_and_the_focus_comes_last():
    twice = with_cues(
        Cue("A."), Cue("B."), reps=(4, 4), rest=60, errors=(Fix(when="It hurts.", fix="Stop."),)
    )
    for seconds, checked in ((60.0, True), (30.0, False)):
        rest = next(each for each in planned(replace(twice, rest=seconds)) if isinstance(each, RestStep))
        texts = [event.text for event in compile_step(0, rest, KIT).events if isinstance(event, Speak)]
        assert ("If it hurts, stop." in texts) is checked
        assert texts[-1].endswith("b.")
        assert any("last set" in text for text in texts)


def test_what_is_always_said_never_waits_for_the_last_rep():
    """Where only the last one has room, as no number follows it, it is said before the set."""
    brief = (Phase(name="lift", seconds=2), Phase(name="lower", seconds=2.6, kind=PhaseKind.LOWER))
    always = replace(LIFT, rep=brief, breathing=(), reps=(8, 8), cues=Cues(always=(Cue("Heel straight."),)))
    segments = compile_all(tuple(planned(always)), KIT).segments
    said = [
        (segment.kind, event.frame)
        for segment in segments
        for event in segment.events
        if isinstance(event, Speak) and event.text == "Heel straight."
    ]
    assert [kind for kind, _ in said] == [SegmentKind.BRIEFING, SegmentKind.REST]
