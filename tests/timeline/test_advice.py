"""Advice on what the times of a session do to it."""

from pathlib import Path

import pytest
from fakes.speech import SOUNDS, LetterSpeech
from naming import for_each

from voicecoach.app import estimates, prepare
from voicecoach.language import phrases
from voicecoach.routine.advice.rule import Level
from voicecoach.routine.files.library import Library
from voicecoach.routine.files.routine import read_routine
from voicecoach.timeline.compile import compile_all
from voicecoach.timeline.expand import Settings, expand
from voicecoach.timeline.lint import RULES, advise
from voicecoach.timeline.segment import SegmentKind
from voicecoach.timeline.speech_track import Kit

SHIPPED = Library.default()
KIT = Kit(LetterSpeech(), SOUNDS, phrases.load())

LIFT = "exercise: Lift\n    rep: {up: 4s, down: 4s}\n    reps: 4"
KNOWN = LIFT + "\n    posture: supine"
STAND = "exercise: Stand\n    duration: 30s\n    posture: standing"
TIRED = "rest: 20s\n  - " + LIFT
HURRIED = "exercise: Lift\n    rep: {up: 0.5s, down: 0.5s}\n    reps: 8\n    posture: supine"
SLOW = "exercise: Lift\n    rep: {up: 9s, down: 9s}\n    reps: 3\n    posture: supine\n    breathing: "
OFTEN = (
    "exercise: Lift\n    rep: up 4s, down 4s\n    reps: {} x 4\n    posture: supine\n"
    "    cues: {{always: [Toes up.]}}"
)
RESTFUL = "exercise: Lift\n    duration: 20s\n    dose: 8 x 20s\n    rest: 3m\n    posture: supine"
CLAM = (
    "exercise: Clam\n    rep: lift 1.2s, lower 1.2s\n    reps: 3 x 12 each side\n    posture: side_lying\n"
    "    cues: {{{}}}\n    rest: {}\n    change: {}"
)
STILL = "Do not roll back with the pelvis."
CASES = [
    (
        "cue-unheard",
        CLAM.format(f"always: [{STILL}]", "8s", "8s"),
        CLAM.format(f"always: [{STILL}]", "40s", "20s"),
    ),
    (
        "cue-unheard",
        CLAM.format(f"rotating: [{STILL}]", "8s", "5s"),
        CLAM.format(f"rotating: [{STILL}]", "40s", "20s"),
    ),
    ("get-there", LIFT, KNOWN),
    ("get-there", LIFT, TIRED),
    (
        "rest-grows",
        "march_in_place\n  - rest: 10s\n  - cat_camel",
        "march_in_place\n  - rest: 1m\n  - cat_camel",
    ),
    ("short-way", STAND + "\n  - rest: 10s\n  - " + KNOWN, STAND + "\n  - rest: 30s\n  - " + KNOWN),
    ("no-room", HURRIED, KNOWN),
    ("worn-out", OFTEN.format(7), OFTEN.format(6)),
    ("worn-out", OFTEN.format(7), RESTFUL),
    ("no-room-for-cues", SLOW + "Long " * 40, SLOW + "Breathe out as you lift."),
]


def advice_on(*steps):
    source = "name: X\nsteps:\n" + "".join(f"  - {step}\n" for step in steps)
    routine = read_routine(source.encode(), Path("x.yaml"), "x", SHIPPED)
    return advise(routine, compile_all(expand(routine, Settings()), KIT))


@pytest.mark.parametrize(("rule", "wrong", "right"), CASES, ids=[case[0] for case in CASES])
def test_a_rule(rule, wrong, right):
    for step, expected in ((wrong, True), (right, False)):
        found = {each.rule for each in advice_on("cat_camel", step)}
        assert (rule in found) == expected


def test_every_rule_is_shown():
    assert {rule.name for rule in RULES} == {case[0] for case in CASES}


def test_no_time_is_asked_for_what_one_is_doing_already():
    found = advice_on(
        "repeat: 2\n    steps:\n      - exercise: Lift\n        rep: up 4s, down 4s\n        reps: 4"
    )
    assert [each.place for each in found if each.rule == "get-there"] == [(5, 9)]
    assert len([each for each in advice_on("cat_camel", LIFT, LIFT) if each.rule == "get-there"]) == 1


def test_all_that_lack_a_posture_have_one_piece_of_advice():
    lifts = [LIFT.replace("Lift", name) for name in ("Lift", "Drop", "Turn")]
    found = [each for each in advice_on("cat_camel", *lifts, "rest: 30s", TIRED) if each.rule == "get-there"]
    assert [each.place for each in found] == [(4, 5)]
    assert found[0].what.startswith(
        "Lift and 2 other exercises begin less than 20s after what comes before; say"
    )


def test_what_does_not_fit_is_quoted_and_the_rest_counted():
    names = ("upwards and out", "over to the left", "down to the floor", "under and back")
    phases = ", ".join(f"{name}: 0.5s" for name in names)
    step = f"exercise: Lift\n    rep: {{{phases}}}\n    posture: supine"
    (found,) = (each for each in advice_on("rest: 5s", step) if each.rule == "no-room")
    assert found.what.startswith("in Lift there is no room to say '")
    assert found.what.count("'") == 6
    assert found.what.endswith("' and 1 more")
    assert found.place == (4, 5)


@for_each(SHIPPED.routines())
def test_shipped_routines_have_the_time_they_need(name):
    routine = SHIPPED.load(name)
    found = advise(routine, estimates.estimate(prepare.steps_of(routine, Settings())))
    assert [each for each in found if each.level is Level.ADVICE] == []


@pytest.mark.parametrize(
    ("cues", "rest", "change", "told"),
    [
        (f"always: [{STILL}]", "8s", "8s", "'Do not roll back with the pelvis.' is not heard on the right"),
        (
            f"always: [{STILL}]",
            "40s",
            "8s",
            "in Clam 'Do not roll back with the pelvis.' is not heard in 1 of 6",
        ),
        (f"rotating: [{STILL}]", "8s", "5s", ", put it under 'always', or say it in 'position'"),
    ],
)
def test_where_a_cue_is_not_heard_is_told_with_the_way_out(cues, rest, change, told):
    (found,) = (each for each in advice_on(CLAM.format(cues, rest, change)) if each.rule == "cue-unheard")
    assert told in found.what
    assert "; make 'rest' or 'change' longer, give fewer cues" in found.what
    assert found.level is Level.ADVICE


def test_what_a_set_has_no_room_to_say_is_said_before_it():
    """A reminder of safety was heard once in six sets, never on the painful side, beside 39 s of silence."""
    source = f"name: X\nsteps:\n  - cat_camel\n  - {CLAM.format(f'always: [{STILL}]', '60s', '20s')}\n"
    routine = read_routine(source.encode(), Path("x.yaml"), "x", SHIPPED)
    score = compile_all(expand(routine, Settings()), KIT)
    clam = [segment for segment in score.segments if segment.title == "Clam"]
    said = [
        (segment.kind, segment.work) for segment in clam for event in segment.events if STILL in str(event)
    ]
    before = {kind for kind, work in said if not work}
    assert before == {SegmentKind.BRIEFING, SegmentKind.CHANGE, SegmentKind.REST}
    assert "cue-unheard" not in {advice.rule for advice in advise(routine, score)}
