"""Sentences in large letters, on one page where that holds them, else on pages that follow the voice."""

import itertools

from voicecoach.display.big_letters import drawable
from voicecoach.display.large_text import set_large

LONG = "Breathe out as you reach, and look at the floor between your hands."


def test_a_sentence_is_as_large_as_one_page_holds_it():
    short = set_large("Fetch your strap.", 76, 13)
    assert short.pages == (("FETCH YOUR", "STRAP."),)
    assert short.face.pixels == 10
    long = set_large(LONG, 76, 13)
    assert long.pages == (("BREATHE OUT AS YOU", "REACH, AND LOOK AT", "THE FLOOR BETWEEN", "YOUR HANDS."),)
    assert long.face.pixels == 5


def test_where_even_the_smallest_do_not_fit_a_page_is_turned_where_one_draws_breath():
    told = set_large("Press your hands down, and lift both feet off the floor.", 76, 6)
    assert told.pages == (("PRESS YOUR", "HANDS DOWN,"), ("AND LIFT BOTH FEET", "OFF THE FLOOR."))


def test_pages_are_shown_as_long_as_their_letters_take():
    told = set_large(LONG, 76, 6)
    turned = [told.page_at(share / 100) for share in range(101)]
    assert turned == sorted(turned)
    assert [turned.count(page) for page in range(len(told.pages))] == [52, 49]


def test_every_page_fits_and_no_word_is_lost():
    for width, height in itertools.product((33, 38, 50, 76, 116, 194), (3, 6, 9, 13, 20, 35)):
        told = set_large(LONG, width, height)
        assert " ".join(itertools.chain(*told.pages)) == drawable(LONG), (width, height)
        for page in range(len(told.pages)):
            rows = told.drawn(page, half_first=True)
            assert len(rows) <= height, (width, height)
            assert max(map(len, rows)) <= width, (width, height)


def test_a_text_that_no_face_has_stays_plain():
    told = set_large("腰をまっすぐ", 76, 13)
    assert told.face is None
    assert told.drawn(0) == ("腰をまっすぐ",)
    assert set_large("x" * 40, 76, 13).face is None
