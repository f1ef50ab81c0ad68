"""Sentences, and names inside them that somebody else wrote."""

import pytest

from voicecoach.language import phrases

say = phrases.load()


@pytest.mark.parametrize(
    ("name", "ended"),
    [
        ("Bridge", "Bridge."),
        ("3-way hip 2x10 ea.", "3-way hip 2x10 ea."),
        ("Neutral spine!!!", "Neutral spine!!!"),
        ("Ready?", "Ready?"),
        ("And so on...", "And so on..."),
        ("And so on…", "And so on…"),
    ],
)
def test_a_sentence_has_one_full_stop(name, ended):
    assert say("rest.next_name", name=name).endswith(f" {ended}")
    assert phrases.sentence(name) == say.phase(name) == ended
