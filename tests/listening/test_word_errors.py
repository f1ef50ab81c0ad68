"""How errors are counted: without a recogniser, and with spelling in the place of sound."""

import pytest
from recognition import PASSAGE, Count, compare, passages, words

ALIKE = {"for": "four", "metre": "meter"}


def errors(said, heard):
    return [count.errors for count in compare(said, heard, lambda text: ALIKE.get(text, text))]


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("Hold. Don't bounce!", ["hold", "don't", "bounce"]),
        ("Cat-camel, 23 reps", ["cat", "camel", "twenty", "three", "reps"]),
        ("30 sec, 8 reps, 15", ["thirty", "sec", "eight", "reps", "fifteen"]),
        ("the child\N{RIGHT SINGLE QUOTATION MARK}s pose", ["the", "child's", "pose"]),
        ("120", ["one", "two", "zero"]),
        ("\N{EM DASH} \N{HORIZONTAL ELLIPSIS}", []),
    ],
)
def test_words_are_spelt_out(text, spelt):
    assert words(text) == spelt


@pytest.mark.parametrize(
    ("said", "heard", "wrong"),
    [
        (["Six reps."], "6 reps", [0]),
        (["Four exercises, one metre."], "For exercises, 1 meter", [0]),
        (["Lead with your breastbone."], "lead with your breast bone", [0]),
        (["Knee soft, not locked."], "Kneesoft, not locked.", [0]),
        (["Hold.", "And back."], "Howard, and back", [1, 0]),
        (["Hold.", "And back."], "and back", [1, 0]),
        (["Hold.", "And back."], "Hold it now and back.", [2, 0]),
        (["Hold.", "And back."], "", [1, 2]),
        (["Prop your chest up.", "Hold."], "Drop your chest up. Hold", [1, 0]),
    ],
)
def test_errors_count_for_the_text_they_are_in(said, heard, wrong):
    assert errors(said, heard) == wrong


def test_a_rate_is_of_all_words():
    assert (Count(10, 1) + Count(10, 2)).rate == 0.15
    assert Count().rate == 0


def test_passages_keep_every_text_in_order():
    texts = [f"Sentence number {n} of many." for n in range(12)]
    cut = list(passages(texts))
    assert [text for passage in cut for text in passage.texts] == texts
    assert all(sum(len(text.split()) for text in passage.texts) >= PASSAGE for passage in cut[:-1])
