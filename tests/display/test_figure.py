"""The figure on the screen is on the beat of the session, on the right side, and still where it has to be."""

from dataclasses import replace
from pathlib import Path

import pytest
from fakes.clock import FakeClock
from fakes.speech import SOUNDS, LetterSpeech
from figure.figures import ARM, BRIDGE, MARCH, REACH, exercise_with

from voicecoach.display.figure import CALM, STILL_FOR, drawing_of, figure_at
from voicecoach.display.scene import FigureShown, Mode
from voicecoach.display.scene_view import MOST_AHEAD, SceneView
from voicecoach.language import phrases
from voicecoach.routine.model import Do, Pace, Routine, Sides
from voicecoach.session.listener import Position, Script
from voicecoach.session.transport import State
from voicecoach.timeline.compile import compile_all
from voicecoach.timeline.expand import Settings, expand
from voicecoach.timeline.segment import SegmentKind
from voicecoach.timeline.speech_track import Kit
from voicecoach.units import frames

SAY = phrases.load()
HELD = REACH.replace("reach 2s, return 2s", "reach 2s, hold 5s, return 2s")


class Playing:
    """A session with two sets of one exercise, to look at wherever one likes."""

    def __init__(self, text, **changes):
        exercise = replace(exercise_with(text), reps=(2, 2), **changes)
        routine = Routine(id="x", name="Made up", steps=(Do(exercise=exercise),), path=Path("x"))
        steps = expand(routine, Settings())
        self.script = Script(steps, ())
        self.segments = compile_all(steps, Kit(LetterSpeech(), SOUNDS, SAY)).segments

    def segment(self, kind, number=0):
        return [each for each in self.segments if each.kind is kind][number]

    def at(self, segment, frame, shown=FigureShown.ON):
        return figure_at(Position(segment, frame, 0, 0), self.script, shown, frame)

    def beats(self, number=0):
        """The set with that number, and its beats."""
        work = self.segment(SegmentKind.WORK, number)
        return work, work.beats


def test_each_phase_begins_and_ends_on_its_frames():
    playing = Playing(BRIDGE)
    work, beats = playing.beats()
    assert [beat.phase for beat in beats[1:5]] == ["lift", "hold", "lower", "relax"]
    for beat in beats[1:]:
        for share in (0, 0.25, 0.5, 1):
            frame = min(beat.frame + round(share * beat.frames), beat.end - 1)
            figure = playing.at(work, frame)
            assert figure.drawing.motion.stops[figure.stop].phase == beat.phase
            is_still = beat.phase in {"hold", "relax"}
            assert figure.moves != is_still
            wanted = 1.0 if is_still else (frame - beat.frame) / beat.frames
            assert figure.share == pytest.approx(wanted, abs=1e-9)


def test_a_body_never_jumps_from_one_phase_to_the_next():
    playing = Playing(HELD)
    work, beats = playing.beats()
    for beat in beats:
        for before, after in ((beat.frame - 1, beat.frame), (beat.end - 1, beat.end)):
            if before < 0:
                continue
            one, other = (playing.at(work, frame).posed.points for frame in (before, after))
            assert max(abs(one[name] - other[name]) for name in one) < 0.1, beat


def test_a_hold_looks_the_same_all_the_time():
    playing = Playing(HELD)
    work, beats = playing.beats()
    hold = next(beat for beat in beats if beat.phase == "hold")
    assert len({playing.at(work, frame) for frame in range(hold.frame, hold.end, 4800)}) == 1


def test_the_count_in_shows_the_position_and_the_way_that_follows():
    playing = Playing(BRIDGE)
    work, _ = playing.beats()
    figure = playing.at(work, 0)
    assert figure.path
    assert not figure.moves
    assert figure.posed is figure.drawing.motion.position
    assert not playing.at(work, work.begins).path


def test_the_end_of_a_set_keeps_its_last_moment():
    playing = Playing(BRIDGE)
    work, beats = playing.beats()
    assert playing.at(work, work.frames - 1) == playing.at(work, beats[-1].end)


@pytest.mark.parametrize(("text", "mirrored"), [(REACH, ("left",)), (ARM, ("right",))])
def test_the_picture_is_mirrored_for_the_side_that_is_not_drawn(text, mirrored):
    """In profile the right side is the near one; from the front the left is on the left."""
    playing = Playing(text, sides=Sides.EACH)
    for number in range(4):
        work, beats = playing.beats(number)
        figure = playing.at(work, beats[1].frame)
        assert figure.flipped == (beats[1].side in mirrored)
        assert not figure.exchanged
    change = playing.segment(SegmentKind.CHANGE)
    assert playing.at(change, 0).flipped == ("right" in mirrored)
    assert playing.at(change, 0).posed is playing.at(change, 0).drawing.motion.position


def test_sides_that_alternate_are_exchanged():
    playing = Playing(REACH, sides=Sides.ALTERNATE)
    work, beats = playing.beats()
    for beat in beats[1:]:
        figure = playing.at(work, beat.frame + beat.frames // 2)
        assert figure.exchanged == (beat.side == "left")
        assert not figure.flipped
    left, right = (
        playing.at(work, beat.frame + beat.frames // 2).posed.points for beat in (beats[1], beats[3])
    )
    assert left["far_foot"] == pytest.approx(right["near_foot"])


def test_timed_work_and_ones_own_pace_go_on_by_the_seconds():
    playing = Playing(MARCH)
    work, beats = playing.beats()
    go = beats[-1].frame
    shown = [playing.at(work, go + frames(at)) for at in (0.25, 0.75, 1.25)]
    assert [(each.stop, round(each.share, 3), each.exchanged) for each in shown] == [
        (0, 0.5, False),
        (1, 0.5, False),
        (0, 0.5, True),
    ]
    playing = Playing(BRIDGE, pace=Pace.SELF)
    work, beats = playing.beats()
    figure = playing.at(work, beats[-1].frame + frames(9))
    assert (figure.stop, round(figure.share, 3), figure.first) == (0, 0.5, False)


def test_a_briefing_shows_rep_after_rep_from_the_position():
    playing = Playing(HELD)
    briefing = playing.segment(SegmentKind.BRIEFING)
    length = CALM + 2 + STILL_FOR + 2
    for start in (0, length):
        waits, reaches, holds, returns = (
            playing.at(briefing, frames(start + at)) for at in (0.5, CALM + 1, CALM + 3, CALM + 5)
        )
        assert waits.stop == -1
        assert waits.path
        assert (reaches.stop, round(reaches.share, 2)) == (0, 0.5)
        assert holds.posed.points == reaches.drawing.motion.at(0, 1.0).points
        assert (returns.stop, round(returns.share, 2)) == (2, 0.5)
        assert all(each.moves for each in (waits, reaches, returns))


def test_there_is_none_in_a_rest_nor_where_it_is_off_or_missing():
    playing = Playing(BRIDGE)
    work, _ = playing.beats()
    rest = playing.segment(SegmentKind.REST)
    assert playing.at(rest, 0) is None
    assert playing.at(work, 0, FigureShown.OFF) is None
    without = Playing("rep: lift 2s, lower 2s")
    assert without.at(without.beats()[0], 0) is None


def test_without_motion_each_phase_shows_where_it_ends():
    playing = Playing(HELD)
    work, beats = playing.beats()
    for beat in beats[1:]:
        seen = {playing.at(work, at, FigureShown.STILL) for at in range(beat.frame, beat.end, 4800)}
        (figure,) = seen
        assert figure.share == 1
        assert not figure.moves
    briefing = playing.segment(SegmentKind.BRIEFING)
    seen = {playing.at(briefing, at, FigureShown.STILL) for at in range(0, briefing.frames, 4800)}
    (figure,) = seen
    assert figure.posed is figure.drawing.motion.position


def test_the_same_figure_is_made_ready_once():
    exercise = exercise_with(BRIDGE)
    assert drawing_of(exercise) is drawing_of(replace(exercise, reps=(3,)))
    assert drawing_of(exercise) is not drawing_of(exercise_with(REACH))


def looked(playing, clock, **options):
    """A view of a session that plays."""
    view = SceneView(SAY, clock=clock, **options)
    view.planned(playing.script)
    return view


def test_between_two_reports_it_moves_on_by_the_clock_and_never_back():
    playing, clock = Playing(BRIDGE), FakeClock()
    work, beats = playing.beats()
    lift, view = beats[1], looked(playing, clock)

    def seconds_in():
        return round(view.scene().figure.share * lift.frames / frames(1), 3)

    view.moved(Position(work, lift.frame, 0, 0))
    assert seconds_in() == 0
    clock.sleep(0.1)
    assert seconds_in() == 0.1
    view.moved(Position(work, lift.frame + frames(0.08), 0, 0))
    assert seconds_in() == 0.1
    clock.sleep(0.1)
    assert seconds_in() == 0.18
    clock.sleep(5)
    assert seconds_in() == 0.08 + MOST_AHEAD
    view.state_changed(State.PAUSED)
    view.moved(Position(work, lift.frame + frames(0.4), 0, 0))
    clock.sleep(5)
    assert seconds_in() == 0.4
    assert view.scene().mode is Mode.PAUSED


def test_a_key_hides_it_and_shows_it_again_as_it_was():
    playing = Playing(BRIDGE)
    work, beats = playing.beats()
    for wanted in (FigureShown.ON, FigureShown.STILL):
        view = looked(playing, FakeClock(), figure=wanted)
        view.moved(Position(work, beats[1].frame, 0, 0))
        before = view.scene().figure
        assert not view.turn_figure()
        assert view.scene().figure is None
        assert view.turn_figure()
        assert view.scene().figure == before
    view = looked(playing, FakeClock(), figure=FigureShown.OFF)
    view.moved(Position(work, beats[1].frame, 0, 0))
    assert view.scene().figure is None
    view.turn_figure()
    assert view.scene().figure is not None


def test_one_side_alone_and_both_in_turn_have_drawings_of_their_own():
    exercise = exercise_with(REACH)
    in_turn = replace(exercise, sides=Sides.ALTERNATE)
    assert drawing_of(exercise) is not drawing_of(in_turn)
    assert drawing_of(in_turn).motion.figure.alternates
