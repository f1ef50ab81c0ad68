import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.language import pronunciation
from voicecoach.voices.narrator import LONGEST, has_words, spoken

pronounce = pronunciation.load()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("  Lie  on\nyour\tback. ", "Lie on your back."),
        ("It's 3 x 10 s, isn't it? (Yes!)", "It's 3 times 10 seconds, isn't it? Yes!"),
        ("Ho\x00ld\x1b[31m\x07", "Hold 31 minutes"),
        ("Ho\u200bld\u202e \ufeffnow\ud800", "Hold now"),
        ("Café", "Café"),
        ("[[h@'loU]] world", "h 'loU, world"),
        ("[Hold](/k'Il/) now", "Hold, now"),
        ("<speak>Hold <break time='9s'/>now</speak>", "Hold now"),
        ("<!-- a --><?xml?>Hold", "Hold"),
        ("rest < 10 s, work > 20 s", "rest less than 10 seconds, work more than 20 seconds"),
        ("a <b", "a b"),
        ("", ""),
    ],
)
def test_text_is_data(text, said):
    assert pronounce(spoken(text), "any") == said


@given(st.text(st.characters() | st.sampled_from("[]<>()/\\{}|` \n"), max_size=200))
def test_nothing_an_engine_obeys_is_left_and_cleaning_twice_changes_nothing(text):
    said = spoken(text)
    assert all(char == " " or not char.isspace() for char in said)
    assert not set(pronounce(said, "any")) & set("[]<>{}|\\`")
    said.encode()
    assert spoken(said) == said


def test_a_long_text_ends_with_a_whole_word():
    words = spoken("twelve " * 1000).split()
    assert set(words) == {"twelve"}
    assert LONGEST - 7 < len(" ".join(words)) <= LONGEST
    assert len(spoken("x" * 10 * LONGEST)) == LONGEST


def test_words_are_letters_or_digits_of_any_script():
    assert [has_words(text) for text in ("Hold", "3", "é", "息", string.punctuation, "… —", "")] == [
        True
    ] * 4 + [False] * 3
