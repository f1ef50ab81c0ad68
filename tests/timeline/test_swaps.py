"""What the coach says of a routine that it changed; its sentences stand in ``cases/asked_for.txt``."""

from voicecoach.language import phrases
from voicecoach.routine.model import Caution
from voicecoach.routine.suit import Swap
from voicecoach.timeline.words import every_swap, swap_sentences

KNEE = Swap("Wall squat", "Glute bridge", (Caution.KNEE,))
SAY = phrases.load()


def test_more_than_three_are_counted():
    assert len(swap_sentences([KNEE] * 3, SAY)) == 3
    counted = "I have changed four exercises to suit you."
    assert swap_sentences([KNEE] * 4, SAY) == (counted,)
    assert len(every_swap([KNEE] * 4, SAY)) == 4


def test_every_caution_has_a_question_and_a_reason():
    for caution in Caution:
        assert SAY(f"caution.{caution}.ask").endswith("?"), caution
        assert SAY.part(f"caution.{caution}.because")[0].islower(), caution
