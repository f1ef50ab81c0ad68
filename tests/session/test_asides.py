"""What the coach answers and asks in the middle of a session, without a rep lost and without a word cut."""

from itertools import pairwise
from pathlib import Path

import pytest
from fakes.clock import FakeClock
from fakes.session import Diary, FakeDirector, FakeLoudspeaker, FakeMixer
from fakes.speech import SOUNDS, LetterSpeech

from voicecoach.language import phrases
from voicecoach.routine.model import Do, Exercise, Routine
from voicecoach.routine.phase import Phase
from voicecoach.session.asides import SOON
from voicecoach.session.commands import WARY, ByVoice, Command, Doubt
from voicecoach.session.listener import Ending
from voicecoach.session.lookahead import Lookahead
from voicecoach.session.player import Player
from voicecoach.session.transport import State
from voicecoach.timeline.compile import compile_all, compile_step
from voicecoach.timeline.expand import Settings, expand
from voicecoach.timeline.interjection import interjected
from voicecoach.timeline.segment import Role, Segment, SegmentKind, Speak
from voicecoach.timeline.speech_track import Kit
from voicecoach.timeline.steps import Coaching
from voicecoach.units import frames

SAY = phrases.load()
KIT = Kit(LetterSpeech(seconds_per_letter=0.02), SOUNDS, SAY)
SLIDE = Exercise(
    name="Slide",
    rep=(Phase(name="slide", seconds=1), Phase(name="back", seconds=1)),
    reps=(5, 5),
    rest=20.0,
)
ROUTINE = Routine(id="r", name="R", steps=(Do(exercise=SLIDE),), path=Path("r.yaml"))
STEPS = expand(ROUTINE, Settings(coaching=Coaching.SHORT))[3:]
"""Without the words at the start: a set, a rest, a set, and the end."""
SEGMENTS = compile_all(STEPS, KIT).segments
FIRST = SEGMENTS[0]
REP = FIRST.rep_starts()[2]
"""The frame at which the third rep of the first set begins."""
TIME_LEFT = "About forty seconds left."
WHICH_SET = "This is set one of two."


class LateDirector(FakeDirector):
    """Says what is planned, and an answer once it was rendered."""

    rendered: set[str]
    asked: list[str]

    def can_say(self, text):
        return text in self.rendered

    def render(self, text, done):
        self.asked.append(text)
        self.rendered.add(text)


class Session(Diary):
    """Plays the plan above; ``script`` maps frames heard to commands, ``paused`` has those in a pause."""

    def __init__(self, script, *paused):
        super().__init__()
        self.script, self.left = sorted(script.items()), list(paused)
        self.output = FakeLoudspeaker(self._delivered)
        ahead = Lookahead(
            STEPS,
            lambda index, step, around: compile_step(index, step, KIT, around),
            done=lambda: None,
            interrupt=lambda: None,
        )
        self.clock, self.director = FakeClock(step=0.05), LateDirector(KIT)
        self.director.rendered, self.director.asked = set(), []
        self.clock.wait = self._waited
        self.player = Player(
            STEPS,
            ahead,
            self.director,
            mixer=FakeMixer(),
            output=self.output,
            listener=self,
            clock=self.clock,
        )
        ahead.start()
        self.summary = self.player.run()

    def _delivered(self, output):
        while self.script and self.script[0][0] <= output.frames:
            output.looks = -20  # no time goes by while it is obeyed
            self.player.send(self.script.pop(0)[1])

    def _waited(self, alarm, length):
        self.clock.sleep(length)
        is_paused = self.player._playhead.at.state is State.PAUSED
        if is_paused and self.player._asides.waiting is None and self.left:
            self.player.send(self.left.pop(0))

    def heard_of(self, index):
        return [frame for span in self.output.blocks if span.segment.index == index for frame in span.frames]

    def said(self, text):
        return self.lines.count(f"event {text}")


def test_how_long_is_left_is_said_in_a_set_without_losing_a_frame_of_it():
    session = Session({REP: Command.TIME_LEFT})
    assert session.lines.count(f"{TIME_LEFT} {WHICH_SET}") == 1, "shown at once"
    assert (session.said(TIME_LEFT), session.said(WHICH_SET)) == (1, 1)
    assert session.heard_of(0) == list(range(FIRST.frames))
    assert session.director.asked == [TIME_LEFT, WHICH_SET]
    assert [(each.reps, each.ending) for each in session.results] == [(5, Ending.DONE)] * 2
    assert session.output.overlaid == ["accepted"]
    assert State.COUNTING_IN not in session.lines


def test_it_is_said_no_more_where_the_session_goes_back():
    session = Session({REP: Command.TIME_LEFT, FIRST.frames - 10: Command.REPEAT})
    assert session.lines.count("segment 0") == 2
    assert session.said(TIME_LEFT) == 1


def test_what_fits_nowhere_in_a_set_is_said_after_it(monkeypatch):
    monkeypatch.setattr(LateDirector, "interjected", lambda *_: None)
    session = Session({REP: Command.TIME_LEFT})
    assert session.heard_of(0) == list(range(FIRST.frames))
    assert session.said(f"{TIME_LEFT} {WHICH_SET}") == 1
    assert session.heard_of(1)[-1] == SEGMENTS[1].frames - 1


def test_in_a_pause_it_is_said_over_the_silence_and_the_pause_goes_on():
    session = Session({REP: Command.PAUSE}, Command.TIME_LEFT, Command.RESUME)
    assert session.output.overlaid == ["accepted", "accepted", f"{TIME_LEFT} {WHICH_SET}", "accepted"]
    assert [line for line in session.lines if line in {*State}][:3] == [
        State.PAUSED,
        State.COUNTING_IN,
        State.PLAYING,
    ]
    assert session.summary.done == (STEPS[0], STEPS[2])


def test_what_can_be_said_is_told_with_a_count_in_and_the_rep_again():
    session = Session({REP + frames(1.5): Command.OPTIONS})
    (told,) = (line for line in session.lines if line.startswith("event You can say: pause please, go on, "))
    assert told.endswith("how long left, stop the session.")
    at = session.lines.index(told)
    assert session.lines[at + 1 : at + 4] == ["event Three.", "event Two.", "event One."]
    heard = session.heard_of(0)
    assert [frame for frame, after in pairwise(heard) if after != frame + 1]
    assert [(each.reps, each.ending) for each in session.results] == [(5, Ending.DONE)] * 2


def words(*at):
    said = tuple(Speak(frames(start), frames(length), "Word.", Role.CUE) for start, length in at)
    return Segment(0, SegmentKind.REST, "", 1, frames(10), said)


@pytest.mark.parametrize(
    ("segment", "since", "begins"),
    [
        (words(), 2, 2),
        (words((1, 1.5)), 2, 2.62),
        (words((2.2, 1)), 2, 3.32),
        (words((0, 2), (2.3, 2), (4.5, 5.5)), 2, None),
    ],
)
def test_the_first_silence_that_is_long_enough(segment, since, begins):
    window = frames(since), min(frames(since) + SOON, segment.frames)
    found = interjected(segment, [TIME_LEFT, WHICH_SET], window, KIT)
    assert (found and found[1]) == (None if begins is None else frames(begins))
    if found:
        told = found[0].events
        assert [each for each in told if each in segment.events] == list(segment.events)
        assert all(one.end < other.frame for one, other in pairwise(told))
        assert found[0].frames == segment.frames


STOP = "Shall I stop? Say yes or no."
HURTS = "Does something hurt? Say yes or no."


def asked(*then, doubt=Command.STOP, at=REP):
    """A session in which a command may have been spoken, and is followed by others while the coach asks."""
    return Session({at: Doubt(doubt)}, *then)


@pytest.mark.parametrize("doubt", sorted(WARY))
@pytest.mark.parametrize("again", [lambda doubt: Command.YES, ByVoice, Doubt, lambda doubt: doubt])
def test_in_doubt_the_coach_pauses_and_asks_and_obeys_who_says_it_again(doubt, again):
    session = asked(again(doubt), Command.RESUME, doubt=doubt)
    question = {Command.STOP: STOP, Command.HURTS: HURTS}[doubt]
    assert session.output.overlaid[:2] == ["accepted", question]
    at = session.lines.index(f"{question} Or press y or n.")
    assert session.lines[at - 2 : at + 2] == ["yes: pause", "paused", session.lines[at], f"yes: {doubt}"]
    assert session.results[0].ending is {Command.STOP: Ending.STOPPED, Command.HURTS: Ending.HURT}[doubt]


@pytest.mark.parametrize("no", [Command.NO, ByVoice(Command.NO), Command.RESUME, Command.TOGGLE])
def test_who_did_not_mean_it_goes_on_with_a_count_in(no):
    session = asked(no)
    states = [line for line in session.lines if line in {*State}]
    assert states == [State.PAUSED, State.COUNTING_IN, State.PLAYING, State.ENDED]
    assert session.summary.done == (STEPS[0], STEPS[2])


def test_without_an_answer_it_stays_paused_and_what_changes_nothing_is_no_answer():
    session = asked(Command.READY, Command.VOICE_UP, Command.TIME_LEFT, Command.YES)
    assert not session.summary.finished
    assert f"{TIME_LEFT} {WHICH_SET}" in session.output.overlaid


def test_any_other_command_is_obeyed_and_ends_the_question():
    session = asked(Command.SLOWER, Command.YES, Command.NO, Command.RESUME)
    assert session.summary.finished
    assert session.summary.done[0].tempo != STEPS[0].tempo
    assert not session.player.asks


def test_a_pause_in_which_it_was_asked_goes_on_after_a_no():
    session = Session({REP: Command.PAUSE}, Doubt(Command.STOP), Command.NO, Command.RESUME)
    assert session.lines.count("paused") == 1
    assert session.lines.index("yes: no") < session.lines.index("yes: resume")


def test_the_question_is_the_one_heard_last():
    session = asked(Doubt(Command.HURTS), Command.YES, Command.RESUME)
    assert session.output.overlaid[:4] == ["accepted", STOP, "accepted", HURTS]
    assert session.results[0].ending is Ending.HURT


@pytest.mark.parametrize("command", [Command.READY, Command.RESUME, Command.COUNT])
def test_who_speaks_hears_that_it_means_nothing_here_and_whoever_presses_a_key_does_not(command):
    aloud, pressed = Session({REP: ByVoice(command)}), Session({REP: command})
    assert aloud.output.overlaid == ["refused"]
    assert pressed.output.overlaid == (["refused"] if command is Command.COUNT else [])


def test_who_says_in_a_pause_that_they_are_ready_goes_on_but_does_not_answer_a_question():
    assert "yes: resume" in Session({REP: Command.PAUSE}, ByVoice(Command.READY)).lines
    session = asked(ByVoice(Command.READY), Command.READY, Command.NO)
    assert [line for line in session.lines if line.startswith("no: ")] == [
        "no: ready: Nothing is waiting for you here."
    ]


def test_a_yes_or_no_to_somebody_else_is_not_answered():
    session = Session({REP: ByVoice(Command.YES), REP + 1: ByVoice(Command.NO)})
    assert session.output.overlaid == []
    assert session.heard_of(0) == list(range(FIRST.frames))
