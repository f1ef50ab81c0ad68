"""The safety text, and that it was accepted."""

import re
from datetime import UTC, datetime

import pytest

from voicecoach.settings import safety

NOW = datetime(2026, 3, 1, 18, 0, tzinfo=UTC)


def test_a_version_of_the_notice_is_accepted_once(home, told):
    assert not safety.accepted(1)
    safety.accept(1, NOW, told.append)
    assert safety.accepted(1)
    assert not safety.accepted(2)
    assert (safety.accepted_before(1), safety.accepted_before(2)) == (False, True)
    assert told == []
    assert "2026-03-01T18:00:00+00:00" in (home / "safety.json").read_text()


def test_the_signs_are_ruled_out_for_a_version_and_the_acceptance_stays(told):
    safety.accept(1, NOW, told.append)
    assert not safety.without_signs(1)
    safety.rule_out_signs(1, NOW, told.append)
    safety.accept(2, NOW, told.append)
    assert [safety.without_signs(version) for version in (1, 2)] == [True, False]
    assert safety.accepted(2)
    assert told == []


@pytest.mark.parametrize("text", ["", "{", "[]", "1", "{}", "[" * 100_000, '{"accepted": "1"}'])
def test_a_damaged_file_means_that_it_was_not(home, told, text):
    home.mkdir()
    (home / "safety.json").write_text(text)
    assert not safety.accepted(1)
    safety.accept(1, NOW, told.append)
    assert safety.accepted(1)


@pytest.mark.usefixtures("no_folder")
def test_a_disk_that_cannot_be_written_is_one_line(told):
    safety.accept(1, NOW, told.append)
    assert not safety.accepted(1)
    assert len(told) == 1
    assert "it will be shown again" in told[0]


NOTICE = """not medical advice; cannot see you; No physiotherapist has reviewed; recent surgery
fall or an accident; cancer; osteoporosis; pregnant; heart trouble; further down a leg
go to emergency care"""
SECTIONS = """between the legs; inner thighs or buttocks; back passage; pass urine; bowel is full
bowel control; sexual feeling; both legs; one leg to the other; A foot that drops; quickly loses strength
serious accident; tearing pain; chest pain; emergency number; weight loss; pain at night
between the shoulder blades; changed its shape; cough; weak defences
After two weeks if it is not improving at all, and after six in any case; Dizziness
rises by two or more above what it was; Sharp, shooting or electric; no more than one point above
settles by the next; three or more above; moves down the leg is red at any number; Hurt is not always harm
Bending is safe for your back.; No physiotherapist has reviewed"""


def test_it_says_what_it_must():
    text = safety.load()
    points = [point for section in text.sections for point in section.points]
    for words in re.split("; |\n", NOTICE):
        assert words in " ".join(text.notice)
    for words in re.split("; |\n", SECTIONS):
        assert any(words in point for point in points), words


def test_before_the_routine_of_a_clinician_the_notice_says_who_chose_the_exercises():
    text = safety.load()
    own, prescribed = text.notice_of(""), text.notice_of("Anna Berg, physiotherapist")
    assert own == text.notice
    (chosen,) = (each for each in prescribed if each not in own)
    assert chosen.startswith("Anna Berg, physiotherapist, chose these exercises for you; the program itself")
    assert [each for each in own if each not in prescribed] == [
        "No physiotherapist has reviewed its exercises."
    ]
    assert len(prescribed) == len(own)
    assert "Anna Berg chose these" in " ".join(text.notice_of("Anna Berg"))
    assert not any("reviewed" in each for each in prescribed)


def test_what_is_spoken_is_in_short_sentences():
    text = safety.load()
    for sentence in (*text.notice, text.ask):
        for part in re.split(r"(?<=[.])\s+", sentence):
            assert len(part.split()) <= 30, part
