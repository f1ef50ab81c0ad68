"""What the coach says of a routine that it changed; its sentences stand in ``cases/asked_for.txt``."""

import pytest

from voicecoach.language import phrases
from voicecoach.routine.model import Caution
from voicecoach.routine.suit import Swap
from voicecoach.timeline.words import every_swap, needed, swap_sentences

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


@pytest.mark.parametrize(
    ("items", "loads", "said"),
    [
        ((), (), ""),
        (("mat",), (), "You need a mat."),
        (("mat", "chair", "backpack"), (), "You need a mat, a chair and a backpack."),
        (("counter", "high chair"), (), "You need: counter, high chair."),
        (("mat", "step 15 cm", "weight"), (2.0,), "You need: a mat, step 15 cm, a weight of two kilos."),
        (("water",), (), "You need: water."),
        (("weight",), (2.0, 4.0), "You need weights of two kilos and four kilos."),
    ],
)
def test_a_thing_in_somebodys_own_words_needs_no_article(items, loads, said):
    assert needed(items, loads, phrases.load()) == said


def test_what_is_missing_is_named_as_it_is_called():
    (known,) = every_swap([Swap("Drag", missing=("mat", "chair"))], phrases.load())
    (own,) = every_swap([Swap("Drag", missing=("counter", "high chair"))], phrases.load())
    assert known == "I have left out Drag, because you do not have a mat and a chair."
    assert own == "I have left out Drag, because you do not have what it needs: counter, high chair."
