"""An exercise whose sides swap may have more reps on one of them, so it begins on the other the next time."""

from collections import Counter
from dataclasses import replace

from fakes.clock import MONDAY_EVENING

from voicecoach.app import journal, prepare
from voicecoach.language import phrases
from voicecoach.routine.files.library import Library
from voicecoach.routine.profile import Explaining
from voicecoach.timeline.expand import expand_exercise
from voicecoach.timeline.steps import Work
from voicecoach.timeline.words import dose_sentences

CURL_UP = replace(Library.default().exercise("mcgill_curl_up"), reps=(5, 4, 3))


def test_both_sides_come_to_the_same_in_two_sessions(tmp_path, monkeypatch):
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))
    done, firsts = Counter[str](), []
    for explaining in (Explaining.AUTO, Explaining.FULL):
        settings = prepare.settings_for(explaining, print, MONDAY_EVENING)
        works = [step for step in expand_exercise(0, CURL_UP, settings, None) if isinstance(step, Work)]
        for each in works:
            done[each.side] += each.reps
        firsts.append(works[0].side)
        journal.note_met([CURL_UP.key], print)
    assert firsts == ["left", "right"]
    assert done["left"] == done["right"] == 12
    assert dose_sentences(CURL_UP, phrases.load(), "right")[-1] == "Right knee first, then the left."
