"""The loop, on an output that delivers as fast as it is fed."""

from dataclasses import replace

import pytest
from fakes.clock import Bell, FakeClock
from fakes.session import Diary, FakeDirector, FakeLoudspeaker, FakeMixer, runs
from fakes.speech import SOUNDS, LetterSpeech

from voicecoach.language import phrases
from voicecoach.routine.model import Exercise
from voicecoach.routine.phase import Phase
from voicecoach.session.audibility import Audibility
from voicecoach.session.commands import TABLE, Command
from voicecoach.session.listener import Ending
from voicecoach.session.lookahead import Lookahead
from voicecoach.session.player import IDLE, TWICE, Player
from voicecoach.session.transport import State
from voicecoach.timeline import segment as compiled
from voicecoach.timeline.segment import Role, Segment, SegmentKind
from voicecoach.timeline.speech_track import Kit
from voicecoach.timeline.steps import SayStep, Work

KINDS = [("briefing", 1), ("work", 1), ("rest", 1), ("briefing", 2), ("work", 2), ("wait", 3), ("outro", 4)]
LENGTH = 20_000
REP = 5_000
HEEL = Exercise(name="Heel slide", rep=(Phase(name="slide", seconds=1),), reps=(4,))
STEPS = tuple(
    Work(block=block, title="", exercise=HEEL, set_number=1, sets=1, reps=4, side="", ordinal=0)
    if kind == "work"
    else SayStep(block=block, title="", text=kind, after_work=False)
    for kind, block in KINDS
)
COUNT_IN = Segment(-1, SegmentKind.WORK, "", 0, 3_000, (compiled.Speak(0, 10, "count-in", Role.COUNT),))


def segment(index):
    kind, block = KINDS[index]
    said = tuple(
        compiled.Speak(frame, 900, f"{index}.{frame}", Role.NAME) for frame in (0, 4_000, 12_000, 19_000)
    )
    work = {"restarts": (0, REP, 2 * REP, 3 * REP), "work": STEPS[index]} if kind == "work" else {}
    return Segment(index, SegmentKind(kind), "", block, LENGTH, said, **work, waits=kind == "wait")


LOST, LEFT, BACK, FOUND = (
    phrases.load()(f"loudspeaker.{name}") for name in ("lost", "left", "back", "found")
)


class Director(FakeDirector):
    """Estimates as long as everything is."""

    def outline(self, steps, around):
        return tuple(map(segment, range(len(steps))))

    def count_in(self, resumed, frame, said="", *, counted=True):
        return replace(COUNT_IN, title=f"{said}{'' if counted else ' Go on.'}")


class Session:
    """A player with everything around it; ``script`` maps delivered frames to commands."""

    def __init__(self, script=None, **settings):
        self.script = dict(sorted((script or {}).items()))
        self.diary = Diary()
        self.output = FakeLoudspeaker(self._delivered, **settings)
        self.made = 0
        self.player = Player(
            STEPS,
            Lookahead(STEPS, self._make, done=self._all_made, interrupt=lambda: None),
            Director(Kit(LetterSpeech(), SOUNDS, phrases.load())),
            mixer=FakeMixer(),
            output=self.output,
            listener=self.diary,
            clock=FakeClock(step=0.05),
        )
        self.all_made = False

    def run(self):
        self.player._segments.start()
        return self.player.run()

    def _make(self, index, step, around):
        self.made += 1
        return segment(index)

    def _all_made(self):
        self.all_made = True

    def _delivered(self, output):
        while self.script and next(iter(self.script)) <= output.frames:
            self.player.send(self.script.pop(next(iter(self.script))))

    def heard(self):
        """(segment, first frame, frames) of every unbroken stretch."""
        return [(segment.index, *frames) for segment, *frames in runs(self.output)]


def whole(*indices):
    return [(index, 0, LENGTH) for index in indices]


def test_uninterrupted_every_frame_is_heard_once_and_in_order():
    session = Session()
    summary = session.run()
    assert session.heard() == whole(*range(7))
    assert summary.finished
    assert summary.frames == 7 * LENGTH
    assert summary.done == (STEPS[1], STEPS[4])
    assert session.output.closed == [True]
    assert session.all_made
    assert session.diary.lines[:5] == [
        "segment 0",
        "event 0.0",
        "event 0.4000",
        "event 0.12000",
        "event 0.19000",
    ]
    assert session.diary.lines[-1] == "ended"


def test_time_left_shrinks_to_nothing():
    session = Session()
    session.run()
    left = [position.remaining for position in session.diary.positions]
    assert left == sorted(left, reverse=True)
    assert left[-1] == 0


def test_a_pause_within_a_set_goes_on_from_the_start_of_the_rep_counted_in():
    session = Session({LENGTH + 7_000: Command.PAUSE})
    session.diary.state_changed = lambda state: state is State.PAUSED and session.player.send(Command.RESUME)
    summary = session.run()
    heard = session.heard()
    assert heard[0] == (0, 0, LENGTH)
    paused_at = heard[1][2]
    assert heard[1] == (1, 0, paused_at)
    assert 7_000 <= paused_at < 7_000 + 2_000
    assert heard[2] == (-1, 0, COUNT_IN.frames)
    assert heard[3] == (1, REP, LENGTH - REP)
    assert heard[4:] == whole(2, 3, 4, 5, 6)
    assert summary.done == (STEPS[1], STEPS[4])


@pytest.mark.parametrize(("paused", "again"), [(7_000, None), (12_000, 12_000)])
def test_a_pause_in_a_rest_goes_on_where_it_was_or_with_the_sentence_that_it_cut(paused, again):
    session = Session({2 * LENGTH + paused: Command.PAUSE})
    session.diary.state_changed = lambda state: state is State.PAUSED and session.player.send(Command.RESUME)
    session.run()
    (index, start, length), after = session.heard()[2:4]
    assert (index, start) == (2, 0)
    assert paused <= length < paused + 2_000
    at = again or length - 10  # what was heard before the fade
    assert after == (2, at, LENGTH - at)


def test_back_late_in_a_silence_goes_to_the_start_of_what_is_going_on():
    session = Session({5 * LENGTH + 18_000: Command.BACK, 6 * LENGTH: Command.STOP})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("voicecoach.session.transport.BACK_WITHIN", 15_000)
        session.run()
    assert [(index, start) for index, start, _ in session.heard()][5:7] == [(5, 0), (5, 0)]


def test_a_key_that_means_nothing_here_disturbs_nothing():
    session = Session({7_000: Command.READY, LENGTH + 7_000: Command.RESUME})
    session.run()
    assert session.heard() == whole(*range(7))


def test_next_and_back_move_by_exercise():
    session = Session({7_000: Command.NEXT, 30_000: Command.BACK, 60_000: Command.STOP})
    summary = session.run()
    starts = [(index, start) for index, start, _ in session.heard()]
    assert starts[:3] == [(0, 0), (3, 0), (4, 0)]
    assert starts[3] == (3, 0)
    assert not summary.finished


SKIPS = [row.command for row in TABLE if row.jumps]


@pytest.mark.parametrize(("first", "second"), [(6_999, 7_000), (7_000, 7_001)])
def test_a_skip_waits_until_something_is_heard_from_where_the_last_one_led(first, second):
    session = Session({first: Command.NEXT, second: Command.NEXT})
    session.run()
    assert [index for index, _, _ in session.heard()] == [0, 3, 4, 5, 6]
    session = Session({first: Command.NEXT, second + 4_000: Command.NEXT})
    session.run()
    assert [index for index, _, _ in session.heard()] == [0, 3, 5, 6]


@pytest.mark.parametrize("skip", SKIPS)
def test_a_burst_of_skips_is_one(skip):
    def heard(times):
        session = Session({2 * LENGTH + 5_000: Command.PAUSE, 7 * LENGTH - 2_000: Command.STOP})
        at_once = [Command.RESUME, *times * [skip]]
        session.diary.state_changed = lambda state: (
            state is State.PAUSED and [session.player.send(each) for each in at_once]
        )
        session.run()
        return session.heard(), [line for line in session.diary.lines if line.startswith("no")]

    assert heard(7) == heard(1)


def test_where_time_stands_still_every_skip_is_obeyed():
    session = Session({7_000: Command.PAUSE})
    requests = [Command.NEXT, Command.PAUSE, Command.NEXT]
    session.diary.state_changed = lambda state: (
        state is State.PAUSED and requests and [session.player.send(requests.pop(0)) for _ in tuple(requests)]
    )
    session.diary.obeyed = lambda command: None
    session.run()
    assert [index for index, _, _ in session.heard()][:2] == [0, 5]


def test_ready_ends_a_wait():
    session = Session({5 * LENGTH + 3_000: Command.READY})
    session.run()
    wait, outro = session.heard()[5:]
    assert wait[2] < 6_000
    assert outro == (6, 0, LENGTH)


def test_stop_while_paused_ends_at_once():
    session = Session({LENGTH + 7_000: Command.PAUSE})
    session.diary.state_changed = lambda state: state is State.PAUSED and session.player.send(Command.STOP)
    summary = session.run()
    assert not summary.finished
    assert summary.done == ()
    assert session.heard()[-1][0] == 1


@pytest.mark.parametrize("again", [0.8, TWICE - 0.1])
def test_who_asks_to_leave_twice_in_time_stops(again):
    session, summary = leaving(again, 2)
    assert not summary.finished
    assert summary.results[-1].ending is Ending.STOPPED
    assert answers(session) == ["yes: leave", "yes: stop"]


def leaving(again, times):
    """A session that somebody asks to leave so many times, so many seconds apart, and what it came to."""
    session = Session({LENGTH + 6_000 + 3_000 * each: Command.LEAVE for each in range(times)})
    session.player._clock = clock = FakeClock()
    obeyed = session.diary.obeyed

    def later(command):
        obeyed(command)
        clock.time += again

    session.diary.obeyed = later
    return session, session.run()


def answers(session):
    return [line for line in session.diary.lines if line.startswith("yes")]


def test_who_asks_again_later_is_asked_again_and_the_session_goes_on():
    session, summary = leaving(TWICE + 0.1, 3)
    assert summary.finished
    assert session.heard() == whole(*range(7))
    assert answers(session) == 3 * ["yes: leave"]


@pytest.mark.parametrize(
    ("playing", "paused", "stops"),
    [((), (Command.LEAVE, Command.LEAVE), True), ((Command.LEAVE,), (Command.LEAVE, Command.RESUME), False)],
)
def test_in_a_pause_the_question_waits_but_none_from_before_it_does(playing, paused, stops):
    session = Session({LENGTH + 6_000 + at: each for at, each in enumerate((*playing, Command.PAUSE))})
    session.player._clock = clock = FakeClock()

    def wait_long(command):
        clock.time += 0.0 if playing else 10 * TWICE

    session.diary.obeyed = wait_long
    session.diary.state_changed = lambda state: (
        state is State.PAUSED and [session.player.send(each) for each in paused]
    )
    assert session.run().finished is not stops


def test_who_stops_during_the_last_words_has_finished():
    session = Session({7 * LENGTH - 2_500: Command.STOP})
    assert session.run().finished


def lost_at(frame, *then):
    """A session whose loudspeaker is lost at ``frame``, and what it came to.

    Each time that it waits then comes the next of ``then``: a command, or how it is heard.
    """
    session, left = Session(), list(then)
    waited = session.player._clock.wait

    def lose(output):
        if output.frames > frame and LOST not in session.diary.lines:
            output.now = Audibility.LOST

    def wait(alarm, length):
        waited(alarm, length)
        if left and (
            session.output.now is Audibility.LOST or session.player._playhead.at.state is State.PAUSED
        ):
            request = left.pop(0)
            if isinstance(request, Audibility):
                session.output.now = request
            else:
                session.player.send(request)

    session.output.on_delivered, session.player._clock.wait = lose, wait
    return session, session.run()


def test_a_lost_loudspeaker_is_waited_for_and_the_rep_begins_again():
    session, summary = lost_at(LENGTH + 12_000, Audibility.HEARD)
    lines = [line for line in session.diary.lines if line in {LOST, BACK, *State}]
    assert lines == [LOST, State.LOST, State.COUNTING_IN, State.PLAYING, State.ENDED], "the rest is said"
    assert titles(session) == [BACK]
    assert (1, 2 * REP, LENGTH - 2 * REP) in session.heard()
    assert summary.finished


def titles(session):
    """What was played before the session went on."""
    return [each.title for each, *_ in runs(session.output) if each.index == COUNT_IN.index]


def test_it_is_said_in_a_rest_without_counting():
    session, _ = lost_at(2 * LENGTH + 5_000, Audibility.HEARD)
    assert titles(session) == [f"{BACK} Go on."]


def test_a_sentence_that_is_not_rendered_is_shown_and_holds_nothing_up(monkeypatch):
    monkeypatch.setattr(Director, "can_say", lambda self, text: text != BACK)
    session, summary = lost_at(LENGTH + 12_000, Audibility.HEARD)
    lines = [line for line in session.diary.lines if line in {LOST, BACK, *State}]
    assert lines == [LOST, State.LOST, BACK, State.COUNTING_IN, State.PLAYING, State.ENDED]
    assert titles(session) == [""], "only counted"
    assert summary.finished


@pytest.mark.parametrize("key", [Command.TOGGLE, Command.RESUME, Command.REPEAT])
def test_a_key_goes_on_without_the_lost_loudspeaker(key):
    session, summary = lost_at(LENGTH + 12_000, key)
    lines = [line for line in session.diary.lines if line in {LOST, LEFT, BACK, *State}]
    assert lines[:3] == [LOST, State.LOST, LEFT]
    assert lines[-1] == State.ENDED
    assert session.diary.audibilities == [Audibility.LOST, Audibility.LEFT]
    assert summary.finished
    assert summary.done == (STEPS[1], STEPS[4])


def test_a_pause_while_the_loudspeaker_is_gone_stays_one_when_it_is_back():
    session, summary = lost_at(LENGTH + 12_000, Command.PAUSE, Audibility.HEARD, Command.STOP)
    lines = [line for line in session.diary.lines if line in {LOST, BACK, *State}]
    assert lines == [LOST, State.LOST, State.PAUSED, BACK, State.ENDED]
    assert not summary.finished


def test_who_goes_on_from_such_a_pause_waits_for_the_loudspeaker_again_and_then_goes_on_without():
    session, _ = lost_at(LENGTH + 12_000, Command.PAUSE, Command.TOGGLE, Command.TOGGLE, Command.STOP)
    lines = [line for line in session.diary.lines if line in {LOST, LEFT, *State}]
    assert lines[:6] == [LOST, State.LOST, State.PAUSED, State.LOST, LEFT, State.COUNTING_IN]


@pytest.mark.parametrize("without", [Audibility.ABSENT, Audibility.HUNG])
def test_a_session_begun_without_a_loudspeaker_takes_one_that_appears_and_says_so(without):
    session = Session()
    session.output.now = without

    def appear(output):
        if output.frames > LENGTH + 12_000:
            output.now = Audibility.HEARD

    session.output.on_delivered = appear
    session.player.heed_output()
    assert session.diary.lines == [phrases.load()(f"loudspeaker.{without}")], "told before it begins"
    assert session.run().finished
    assert titles(session) == [FOUND]
    assert FOUND not in session.diary.lines, "it is said"
    assert session.diary.audibilities == [without, Audibility.HEARD]


def test_a_remark_goes_on_without_the_lost_loudspeaker():
    session = Session()

    def lose(output):
        if output.frames > 7_000 and not session.diary.audibilities:
            output.now = Audibility.LOST

    session.output.on_delivered = lose
    session.player._segments.start()
    assert session.player.run(waits=False).finished
    assert session.diary.audibilities == [Audibility.LEFT]
    assert State.LOST not in session.diary.lines


def test_it_can_be_stopped_while_it_waits_and_keeps_what_was_done():
    _, summary = lost_at(4 * LENGTH + 7_000, Command.STOP)
    assert not summary.finished
    assert summary.done == (STEPS[1],)


def test_a_fault_in_the_look_ahead_ends_the_session_with_that_fault():
    session = Session()

    def broken(index, step, around):
        if index == 3:
            raise ZeroDivisionError
        return segment(index)

    session.player._segments._make = broken
    with pytest.raises(ZeroDivisionError):
        session.run()
    assert session.output.closed == [False]


def test_a_session_can_be_stopped_when_the_loudspeaker_is_lost_at_its_very_end():
    session, summary = lost_at(7 * LENGTH - 3_000, Command.STOP)
    assert summary.finished
    assert session.output.closed == [True]


def test_it_waits_for_room_and_for_commands_and_looks_no_more_often_than_it_writes():
    waits = []
    session = Session({LENGTH + 7_000: Command.PAUSE})
    clock, output = session.player._clock, session.output
    woken, room = clock.wait, output.wait

    def wait(alarm, length):
        waits.append(length)
        if len(waits) == 20:
            session.player.send(Command.RESUME)
        woken(alarm, length)

    rooms = []
    clock.wait, output.wait = wait, lambda alarm: (rooms.append(alarm), room(alarm))
    assert session.run().finished
    assert waits.count(IDLE) > 10, "nothing happens in a pause"
    assert len(rooms) < 2 * 7 * LENGTH / 1000  # the fake output plays so much at a time
    alarm = Bell()
    session.player._alarm = alarm
    session.player.send(Command.STOP)
    assert alarm.rung == 1
