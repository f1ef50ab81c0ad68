"""What the screen shows is made of what the player tells."""

from dataclasses import replace

import pytest

from voicecoach.app import prepare
from voicecoach.display.scene import Mode, SceneView
from voicecoach.language import phrases
from voicecoach.routine.model import PhaseKind, Profile
from voicecoach.session.commands import Command
from voicecoach.session.levels import Levels
from voicecoach.session.listener import Position, Script
from voicecoach.session.transport import State
from voicecoach.timeline.expand import Settings
from voicecoach.timeline.segment import Beat, Play, Role, Segment, SegmentKind, Sound, Speak
from voicecoach.timeline.steps import LEFT, Outro, RestStep, SayStep, Work
from voicecoach.units import frames

S = frames(1)
SAY = phrases.load()
BEATS = (
    Beat(0, 4 * S, PhaseKind.COUNT_IN, 0, 2, "left"),
    Beat(4 * S, 2 * S, PhaseKind.MOVE, 1, 2, "left", "lift"),
    Beat(6 * S, 10 * S, PhaseKind.HOLD, 1, 2, "left", "stay"),
    Beat(16 * S, 3 * S, PhaseKind.MOVE, 2, 2, "right", "sit_back"),
)
SET = Segment(0, SegmentKind.WORK, "Bird dog", 1, 20 * S, (), BEATS, set_number=1, sets=3)


def scene_at(segment, at, *, view=None, elapsed=60.0, remaining=60.0):
    view = view or SceneView(SAY)
    view.moved(Position(segment, frames(at), frames(elapsed), frames(remaining)))
    return view.scene()


def part(kind, title="Title", length=20, index=0, block=1):
    return Segment(index, kind, title, block, length * S, ())


@pytest.mark.parametrize(
    ("at", "mode", "word", "count", "rep", "side"),
    [
        (0.5, Mode.READY, "READY", "4", 0, "LEFT"),
        (3.99, Mode.READY, "READY", "1", 0, "LEFT"),
        (4.0, Mode.MOVE, "LIFT", "2", 1, "LEFT"),
        (6.0, Mode.HOLD, "STAY", "10", 1, "LEFT"),
        (13.0, Mode.HOLD, "STAY", "3", 1, "LEFT"),  # as the coach counts: three seconds before the end
        (15.5, Mode.HOLD, "STAY", "1", 1, "LEFT"),
        (16.0, Mode.MOVE, "SIT BACK", "3", 2, "RIGHT"),
        (19.5, Mode.MOVE, "SIT BACK", "0", 2, "RIGHT"),  # the tone at the end
    ],
)
def test_a_set_counts_down_its_phases(at, mode, word, count, rep, side):
    scene = scene_at(SET, at)
    assert (scene.mode, scene.word, scene.count, scene.rep, scene.side) == (mode, word, count, rep, side)
    assert scene.words == ("READY", "LIFT", "STAY", "SIT BACK")
    assert (scene.title, scene.sets, scene.reps) == ("Bird dog", "set 1 of 3", 2)


def test_shares_and_clocks():
    scene = scene_at(SET, 11.0, elapsed=75.4, remaining=225.9)
    assert scene.phase_share == pytest.approx(0.5)
    assert scene.session_share == pytest.approx(75.4 / 301.3)
    assert (scene.elapsed, scene.left) == ("1:15", "3:45")


def test_a_count_keeps_its_room_while_it_runs():
    assert scene_at(SET, 7.5).room == scene_at(SET, 15.0).room == "88"
    walk = replace(SET, beats=(Beat(0, 600 * S, PhaseKind.TIMED, 1, 1, ""),), frames=600 * S)
    assert (scene_at(walk, 0).count, scene_at(walk, 0).room) == ("10:00", "88:88")
    assert (scene_at(walk, 599).count, scene_at(walk, 599).room) == ("0:01", "88:88")
    assert scene_at(walk, 1).reps == 0


@pytest.mark.parametrize(
    ("kind", "mode", "word", "count"),
    [
        (SegmentKind.INTRO, Mode.TALK, "Title", ""),
        (SegmentKind.BRIEFING, Mode.BRIEFING, "Title", "15"),
        (SegmentKind.REST, Mode.REST, "REST", "15"),
        (SegmentKind.CHANGE, Mode.CHANGE, "CHANGE SIDES", "15"),
        (SegmentKind.SAY, Mode.TALK, "LISTEN", ""),
        (SegmentKind.WAIT, Mode.WAIT, "READY?", ""),
        (SegmentKind.OUTRO, Mode.TALK, "WELL DONE", ""),
    ],
)
def test_kinds(kind, mode, word, count):
    scene = scene_at(part(kind), 5)
    assert (scene.mode, scene.word, scene.count) == (mode, word, count)
    assert scene.label == str(mode)
    assert scene.phase_share == pytest.approx(0.25)


def test_waits_say_what_to_do():
    assert scene_at(part(SegmentKind.WAIT), 1).detail[0] == "press any key"
    own = replace(SET, beats=(Beat(0, 20 * S, PhaseKind.OWN_PACE, 1, 1, ""),), waits=True)
    scene = scene_at(own, 5)
    assert (scene.word, scene.count, scene.detail[0]) == ("YOUR PACE", "", "any key when done")


def test_pausing_and_going_on():
    view = SceneView(SAY)
    view.state_changed(State.PAUSED)
    scene = scene_at(SET, 9.0, view=view)
    assert (scene.mode, scene.word, scene.count, scene.detail) == (
        Mode.PAUSED,
        "PAUSED",
        "",
        ("STAY 7",),
    )
    assert scene.rep == 1
    view.state_changed(State.COUNTING_IN)
    counted = replace(SET, beats=(Beat(0, 3 * S, PhaseKind.COUNT_IN, 0, 0, "left"),))
    assert scene_at(counted, 1.2, view=view).count == "2"
    view.state_changed(State.PLAYING)
    assert scene_at(SET, 6.0, view=view).word == "STAY"


def test_captions_are_the_last_sentences_and_no_tones():
    view = SceneView(SAY)
    for text in ("one", "two", "three", "four", "five"):
        view.event_started(Speak(0, S, text, Role.CUE))
        view.event_started(Play(0, S, Sound.TICK, Role.COUNT))
    assert view.scene().captions == ("two", "three", "four", "five")


def test_a_notice_is_shown_for_six_seconds_of_session():
    view = SceneView(SAY)
    view.noticed("before the first sound")
    assert view.scene().notice == "before the first sound"
    scene_at(SET, 1, view=view, elapsed=10)
    view.refused(Command.EASIER, "There is none of Bird dog.")
    assert scene_at(SET, 2, view=view, elapsed=15.9).notice == "easier: There is none of Bird dog."
    assert scene_at(SET, 3, view=view, elapsed=16.0).notice == ""
    view.obeyed(Command.SLOWER)
    assert view.scene().notice == "slower"
    for command in (Command.PAUSE, Command.VOICE_UP):
        view.obeyed(command)
        assert view.scene().notice == "slower", "the screen shows it anyway"
    view.obeyed(Command.HURTS)
    assert view.scene().notice == "this exercise ends here"


def test_levels_are_shown_when_they_are_not_as_usual():
    view = SceneView(SAY)
    view.levels_changed(Levels(voice=80, music=120))
    assert scene_at(SET, 1, view=view).levels == "voice 80 %, music 120 %"
    view.levels_changed(Levels(voice=80, muted=True))
    assert view.scene().levels == "muted"
    view.levels_changed(Levels())
    assert view.scene().levels == ""


@pytest.fixture(scope="module")
def quick():
    """The steps of a shipped routine, and its segments as estimated."""
    session = prepare.session_for(Profile(), "quick", Settings(), 150)
    return Script(session.steps, prepare.estimate(session.steps).segments)


def test_what_comes_next_is_the_title_of_the_next_block(quick):
    view = SceneView(SAY)
    view.planned(quick)
    assert view.scene().word == "Quick"
    by_kind = {}
    for segment in quick.outline:
        by_kind.setdefault((segment.kind, segment.title), scene_at(segment, 0, view=view))
    assert by_kind[SegmentKind.INTRO, "Quick"].coming == "Pelvic tilt"
    assert by_kind[SegmentKind.WORK, "Pelvic tilt"].coming == "Glute bridge"
    assert by_kind[SegmentKind.WORK, "Glute bridge"].coming == "the end"
    assert by_kind[SegmentKind.OUTRO, "Quick"].coming == ""
    assert by_kind[SegmentKind.REST, "Next: Glute bridge"].detail == ("then Glute bridge",)


def test_tempo_is_shown_when_it_is_not_as_written(quick):
    work = next(step for step in quick.steps if isinstance(step, Work))
    slow = replace(SET, work=replace(work, tempo=(1.0, 0.8), reps=2))
    assert scene_at(slow, 1).tempo == ""
    assert scene_at(slow, 5).tempo == ""
    assert scene_at(slow, 17).tempo == "speed 80 %"


def test_a_rest_tells_which_set_comes_and_on_which_side():
    rest = RestStep(
        block=1, title="Rest", seconds=30, after_work=True, posture=None, next_set=2, sets=3, side=LEFT
    )  # fmt: skip
    end = Outro(block=2, title="Core", name="Core", exercises=1, after_work=True)
    view = SceneView(SAY)
    view.planned(Script((rest, end), ()))
    scene = scene_at(part(SegmentKind.REST), 0, view=view)
    assert (scene.detail[0], scene.side, scene.coming) == ("then set 2 of 3", "LEFT", "the end")


def test_a_remark_alone_has_an_empty_plan_around_it():
    view = SceneView(SAY)
    view.planned(Script((SayStep(block=0, title="Hello.", text="Hello.", after_work=False),), ()))
    scene = scene_at(part(SegmentKind.SAY, "Hello.", block=0), 0, view=view)
    assert (scene.title, scene.word, scene.coming) == ("Hello.", "LISTEN", "")
