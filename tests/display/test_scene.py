"""What the screen shows is made of what the player tells: moments of sessions and their scenes, as text."""

from dataclasses import fields, replace
from pathlib import Path

import pytest
from fakes.speech import SOUNDS, LetterSpeech
from golden import assert_golden

from voicecoach.display.layout import Box, Part
from voicecoach.display.picture import draw
from voicecoach.display.scene import Scene
from voicecoach.display.scene_view import SceneView
from voicecoach.language import phrases
from voicecoach.routine.dose import Counted
from voicecoach.routine.model import Do, Exercise, Pace, Round, Routine, Say, Sides, Wait
from voicecoach.routine.phase import Phase, PhaseKind
from voicecoach.session.audibility import Audibility
from voicecoach.session.commands import Command
from voicecoach.session.levels import Levels
from voicecoach.session.listener import Position, Script
from voicecoach.session.microphone import Microphone
from voicecoach.session.transport import State
from voicecoach.timeline.compile import compile_all
from voicecoach.timeline.expand import Settings, expand
from voicecoach.timeline.segment import Beat, Play, Role, Segment, SegmentKind, Sound, Speak
from voicecoach.timeline.speech_track import Kit
from voicecoach.timeline.steps import TalkLevel, WaitStep, at_tempo, telling
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


def timed(kind, length):
    return replace(
        SET, beats=(Beat(0, length * S, kind, 1, 1, ""),), frames=length * S, waits=kind != "timed"
    )


def shown(view, segment=None, at=0.0, elapsed=75.4, remaining=225.9):
    """What is seen, of which all that is usual is left out."""
    if segment:
        view.moved(Position(segment, frames(at), frames(elapsed), frames(remaining)))
    scene, usual = view.scene(), Scene()
    told = {each.name: getattr(scene, each.name) for each in fields(Scene)}
    changed = {name: value for name, value in told.items() if value != getattr(usual, name)}
    return ", ".join(
        f"{name} {f'{v:.4f}' if isinstance(v, float) else repr(v)}" for name, v in changed.items()
    )


def compiled(*steps):
    """The steps of a routine and its segments."""
    planned = expand(Routine(id="x", name="Two", steps=steps, path=Path("x")), Settings())
    return planned, compile_all(planned, Kit(LetterSpeech(), SOUNDS, SAY)).segments


def moments():
    """In a set, in each kind of segment, in a pause, and what was said, refused and changed."""
    for at in (0.5, 3.99, 4, 6, 7.5, 11, 13, 15.5, 16, 19.5):
        yield f"a set at {at} s", shown(SceneView(SAY), SET, at)
    for at in (0, 1, 599):
        yield f"ten minutes at {at} s", shown(SceneView(SAY), timed(PhaseKind.TIMED, 600), at)
    yield "at one's own pace", shown(SceneView(SAY), timed(PhaseKind.OWN_PACE, 20), 5)
    for kind in SegmentKind:
        part = Segment(0, kind, "Title", 1, 20 * S, ())
        yield f"a segment of the kind {kind}", shown(SceneView(SAY), part, 5)
    view = SceneView(SAY)
    yield "before anything", shown(view)
    view.noticed("No music.")
    yield "a notice before the first sound", shown(view)
    view.state_changed(State.PAUSED)
    yield "paused", shown(view, SET, 9)
    view.state_changed(State.LOST)
    view.audibility_changed(Audibility.LOST)
    yield "the loudspeaker is lost", shown(view, SET, 9)
    view.audibility_changed(Audibility.LEFT)
    view.state_changed(State.COUNTING_IN)
    counted = replace(SET, beats=(Beat(0, 3 * S, PhaseKind.COUNT_IN, 0, 0, "left"),))
    yield "counting in", shown(view, counted, 1.2)
    view.state_changed(State.PLAYING)
    yield "going on without it", shown(view, SET, 6)
    view.audibility_changed(Audibility.HEARD)
    for number in range(5):
        view.event_started(Speak(0, S, f"Sentence {number}.", Role.CUE))
        view.event_started(Play(0, S, Sound.TICK, Role.COUNT))
    yield "after five sentences", shown(view, SET, 6)
    shown(view, SET, 6)
    view.event_started(Speak(6 * S, 2 * S, "Stay.", Role.PHASE))
    view.event_started(Play(8 * S, S, Sound.HALFWAY, Role.HALFWAY))
    view.event_started(Speak(8 * S, 2 * S, "Halfway.", Role.HALFWAY))
    for at in (8.5, 9.6, 13.1):
        yield f"a sentence after {at - 8:.1f} s", shown(view, SET, at, 67.4 + at)
    view.segment_started(SET)
    yield "in the next segment", shown(view, SET, 0)
    view.refused(Command.EASIER, "There is none of Bird dog.")
    for elapsed in (81.3, 81.4):
        yield f"refused {elapsed - 75.4:.1f} s ago", shown(view, SET, 6, elapsed)
    for command in (Command.SLOWER, Command.PAUSE, Command.VOICE_UP, Command.HURTS):
        view.obeyed(command)
        yield f"obeyed: {command}", shown(view)
    for microphone in (Microphone.ON, Microphone.OFF):
        view.microphone_changed(microphone)
        yield f"the microphone: {microphone}", shown(view)
    for levels in (Levels(voice=80, music=120), Levels(voice=80, muted=True), Levels()):
        view.levels_changed(levels)
        yield f"{levels}", shown(view)


def circuit():
    """The start of each segment of an exercise in two rounds, and of what comes after them."""
    cat = Exercise(name="Cat", rep=(Phase(name="arch", seconds=2),), reps=(1, 1))
    once, again = (Do(exercise=cat, rounds=(Round(number, 2),)) for number in (1, 2))
    planned, outline = compiled(once, again, Do(exercise=replace(cat, name="Dog", reps=(1,))))
    view = SceneView(SAY)
    view.planned(Script(planned, outline))
    for segment in outline:
        yield f"{segment.index} {segment.kind} of a circuit", shown(view, segment)


def session():
    """The start of each segment of a session, and a set of it at another tempo."""
    rep = (Phase(name="lift", seconds=2),)
    bridge = Exercise(name="Bridge", rep=rep, reps=(2, 2), sides=Sides.EACH, limb="leg")
    cat = replace(bridge, name="Cat", reps=(1,), sides=Sides.BOTH)
    planned, outline = compiled(
        Do(exercise=bridge), Do(exercise=cat), Wait(what="a strap"), Say(text="Well.")
    )
    view = SceneView(SAY)
    view.planned(Script(planned, outline))
    yield "planned", shown(view)
    for segment in outline:
        yield f"{segment.index} {segment.kind}", shown(view, segment)
    work = next(segment for segment in outline if segment.work)
    slow = replace(work, work=at_tempo(work.work, 0.8, first=2))
    for rep, start in enumerate(slow.rep_starts(), 1):
        yield f"slower from rep 2 on, in rep {rep}", shown(view, slow, start / S)
    for talk in TalkLevel:
        view.planned(Script(telling(planned, talk), outline))
        view.levels_changed(Levels(voice=80))
        yield f"saying {talk}", shown(view, outline[-1])
    alone = SceneView(SAY)
    alone.planned(Script(planned[-2:-1], outline[-2:-1]))
    yield "a step alone has an empty plan around it", shown(alone, outline[-2])


def test_a_wait_shows_what_to_do_again_when_it_was_said():
    step = WaitStep(block=0, title="", what="Fetch your strap", limit=60, after_work=False)
    wait = Segment(0, SegmentKind.WAIT, "Fetch your strap", 1, 60 * S, ())
    view = SceneView(SAY)
    view.planned(Script((step,), compile_all((step,), Kit(LetterSpeech(), SOUNDS, SAY)).segments))
    view.segment_started(wait)
    view.event_started(Speak(0, 4 * S, "Fetch your strap. We go on in one minute.", Role.NAME))
    told = []
    for at in (2, 30, 36):
        view.moved(Position(wait, at * S, at * S, 60 * S))
        scene = view.scene()
        told.append((scene.told, scene.word, scene.told_share))
    assert told == [
        (True, "Fetch your strap", 0.5),
        (False, "Fetch your strap", 0.75),
        (False, "Fetch your strap", 0.5),
    ]


def test_scenes_are_those_in_the_text():
    text = "".join(f"{moment}\n    {scene}\n" for moment, scene in (*moments(), *session(), *circuit()))
    assert_golden(Path(__file__).parent / "scenes.txt", text)


def at(view, seconds):
    view.moved(Position(SET, 0, frames(seconds), 0))
    return view.scene().notice


def test_each_of_two_notices_is_seen_for_as_long():
    view = SceneView(SAY)
    view.noticed("No voice.")
    view.noticed("No journal.")
    view.noticed("No voice.")
    assert [at(view, seconds) for seconds in (0, 5.9, 6, 11.9, 12, 99)] == [
        *2 * ["No voice."],
        *2 * ["No journal."],
        *2 * [""],
    ]


def test_a_notice_that_was_read_is_not_seen_again():
    view = SceneView(SAY)
    view.noticed("No voice.")
    assert at(view, 2) == "No voice."
    view.noticed("No journal.")
    assert [at(view, seconds) for seconds in (2, 7.9, 8)] == [*2 * ["No journal."], ""]


def test_an_answer_is_seen_at_once_and_only_then():
    view = SceneView(SAY)
    view.noticed("No journal.")
    for command in (Command.EASIER, Command.HARDER):
        view.refused(command, "There is none.")
        assert view.scene().notice == f"{command}: There is none."
    view.noticed("No music.")
    assert [at(view, seconds) for seconds in (0, 6, 12)] == ["No music.", "No journal.", ""]


def test_another_hearing_ends_what_was_told_of_the_one_before_and_nothing_else():
    view = SceneView(SAY)
    view.noticed("No voice.")
    view.audibility_changed(Audibility.ABSENT)
    view.noticed(SAY(f"loudspeaker.{Audibility.ABSENT}"))
    view.audibility_changed(Audibility.HEARD)
    assert at(view, 1) == "No voice."


def test_what_is_counted_is_shown_as_what_it_is():
    lengths = Exercise(
        name="Side steps",
        rep=(Phase(name="length", seconds=15),),
        reps=(3,),
        pace=Pace.SELF,
        counted=Counted.LENGTHS,
    )
    planned, outline = compiled(Do(exercise=lengths))
    view = SceneView(SAY)
    view.planned(Script(planned, outline))
    (work,) = (segment for segment in outline if segment.kind is SegmentKind.WORK)
    view.moved(Position(work, frames(1), frames(60), frames(60)))
    assert "3 lengths" in view.scene().sets


def test_a_pause_does_not_keep_the_sign_of_a_tone():
    view = SceneView(SAY)
    view.moved(Position(SET, frames(11), frames(60), frames(60)))
    view.event_started(Play(11 * S, S, Sound.HALFWAY, Role.HALFWAY))
    assert view.scene().earcon is Sound.HALFWAY
    view.state_changed(State.PAUSED)
    assert view.scene().earcon is None


def test_what_was_said_elsewhere_is_not_told_after_a_jump():
    view = SceneView(SAY)
    talk = Segment(1, SegmentKind.BRIEFING, "Bird dog", 1, 20 * S, ())

    def told(segment, at):
        view.moved(Position(segment, frames(at), 0, 0))
        return view.scene().told

    told(talk, 9)
    view.event_started(Speak(9 * S, 2 * S, "Kneel down.", Role.CUE))
    assert told(talk, 12)
    assert not told(talk, 5)
    view.event_started(Speak(5 * S, 2 * S, "This is bird dog.", Role.CUE))
    assert told(talk, 5)
    assert not told(replace(talk, index=0), 8)


def test_a_sentence_that_a_pause_has_cut_stands_there_once():
    view = SceneView(SAY)
    for text in ("Lie down.", "Bend your knees.", "Bend your knees."):
        view.event_started(Speak(0, S, text, Role.CUE))
    assert view.scene().captions == ("Lie down.", "Bend your knees.")


LONG = "Slow step-down from a low step in front of a mirror at home."


def _second_of_ten(**how):
    """In the second rep of ten, of an exercise with a title of 60 characters."""
    down = Exercise(name=LONG, rep=(Phase(name="down", seconds=4),), reps=(10, 10), **how)
    _, outline = compiled(Do(exercise=down))
    work = next(segment for segment in outline if segment.kind is SegmentKind.WORK)
    return Position(work, work.rep_starts()[1] + 1, frames(60), frames(600))


@pytest.mark.parametrize("load", [{}, {"load": 12.5, "sides": Sides.EACH}])
def test_the_end_of_a_long_title_gives_way_to_the_count(load):
    assert len(LONG) == 60
    view = SceneView(SAY)
    view.moved(_second_of_ten(**load))
    view.state_changed(State.PAUSED)
    (row,) = draw(Part.BAND, view.scene(), Box(0, 0, 80, 1))
    band = "".join(text for text, _ in row)
    assert "Slow s" in band
    assert band.rstrip().endswith("rep 2 of 10")


def test_a_breath_is_called_so_and_in_a_pause_too():
    breathing = Exercise(
        name="Breathe", rep=(Phase(name="in", seconds=4),), reps=(3,), counted=Counted.BREATHS
    )
    _, outline = compiled(Do(exercise=breathing))
    (work,) = (segment for segment in outline if segment.kind is SegmentKind.WORK)
    view = SceneView(SAY)
    view.moved(Position(work, work.rep_starts()[1] + 1, frames(60), frames(60)))
    rows = draw(Part.INFO, view.scene(), Box(0, 0, 16, 2))  # too little for large letters
    assert "breath 2 of 3" in "".join(text for row in rows for text, _ in row)
    view.state_changed(State.PAUSED)
    assert view.scene().sets == "breath 2 of 3"
