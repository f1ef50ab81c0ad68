"""The trial of some commands, with the times at which things are heard."""

from voicecoach.hearing.trial import EACH, Attempt, Outcome, Trial, counted, tried
from voicecoach.hearing.vocabulary import Match
from voicecoach.language import phrases
from voicecoach.session.commands import spoken

ASKED = {"pause please": "pause", "slower please": "slower", "that hurts": "hurts"}
PAUSE, SLOWER, HURTS = (Match(meaning, phrase) for phrase, meaning in ASKED.items())


def test_each_is_asked_for_in_its_turn():
    trial = Trial(ASKED, 100.0)
    assert trial.phrase == "pause please"
    assert trial.heard(PAUSE, 102.0, 103.0) == Attempt("pause please", Outcome.RIGHT, heard=True, delay=1.0)
    assert trial.phrase == "slower please"
    wrong = trial.heard(HURTS, 105.0, 105.5)
    assert wrong == Attempt("slower please", Outcome.WRONG, "hurts", heard=True, delay=0.5)
    assert trial.time_passed(105.5 + EACH - 0.1) is None
    assert trial.time_passed(105.5 + EACH) == Attempt("that hurts", Outcome.MISSED)
    assert trial.is_over
    assert trial.time_passed(1000.0) is trial.heard(HURTS, 1000.0, 1000.0) is None
    assert counted(trial.attempts) == {Outcome.RIGHT: 1, Outcome.WRONG: 1, Outcome.MISSED: 1}


def test_what_was_not_understood_may_be_said_again():
    trial = Trial(ASKED, 0.0)
    assert trial.heard(None, 2.0, 3.0) is None
    right = trial.heard(PAUSE, 5.0, 5.5)
    assert right is not None
    assert right.outcome is Outcome.RIGHT
    assert trial.heard(None, 7.0, 8.0) is None
    assert trial.time_passed(5.5 + EACH) == Attempt("slower please", Outcome.MISSED, heard=True)


def test_who_speaks_at_the_end_of_the_time_is_heard_out():
    trial = Trial(ASKED, 0.0)
    trial.speaks(now=True)
    assert trial.time_passed(EACH) is None
    late = trial.heard(PAUSE, EACH + 1.0, EACH + 2.0)
    assert late is not None
    assert late.outcome is Outcome.RIGHT
    trial.speaks(now=True)
    trial.speaks(now=False)
    assert trial.time_passed(EACH + 2.0 + EACH) == Attempt("slower please", Outcome.MISSED, heard=True)
    trial.speaks(now=True)  # a television never ends
    assert trial.time_passed(1000.0).outcome is Outcome.MISSED


def test_what_ended_before_it_was_asked_for_belongs_to_the_one_before():
    trial = Trial(ASKED, 0.0)
    assert trial.time_passed(EACH)
    assert trial.heard(PAUSE, EACH - 0.5, EACH + 1.0) is None
    assert trial.phrase == "slower please"


def test_ten_commands_are_tried_by_their_taught_words():
    asked = tried(spoken(phrases.load()))
    assert len(asked) == 10
    assert {"pause please", "slower please", "that hurts", "stop the session"} < {*asked}
