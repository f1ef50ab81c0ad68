"""Whole timelines as text: ``cases/NAME.yaml`` compiled with a round-numbered voice is ``cases/NAME.txt``.

After a change that is meant, run with VOICECOACH_GOLDEN=write and read the difference.
"""

import os
from pathlib import Path

import pytest
from fakes.speech import SOUNDS, LetterSpeech
from scores import assert_well_timed

from voicecoach.language import phrases
from voicecoach.routine.files.library import Library
from voicecoach.timeline.compile import compile_all, with_length
from voicecoach.timeline.dump import as_json, as_text
from voicecoach.timeline.expand import Settings, expand
from voicecoach.timeline.speech_track import Kit

CASES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))


def compiled(path, speech):
    kit = Kit(speech, SOUNDS, phrases.load())
    steps = expand(Library([]).load(path), Settings())
    return compile_all(with_length(steps, kit), kit)


@pytest.mark.parametrize("audible", [True, False], ids=["spoken", "captions"])
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_timeline(path, audible):
    score = compiled(path, LetterSpeech(audible))
    again = compiled(path, LetterSpeech(audible))
    assert as_json(score) == as_json(again)
    assert_well_timed(score, LetterSpeech().measure)
    golden = path.with_suffix(".txt" if audible else ".captions.txt")
    if os.environ.get("VOICECOACH_GOLDEN") == "write":
        golden.write_text(as_text(score, phrases.load()), encoding="utf-8")
    assert as_text(score, phrases.load()) == golden.read_text(encoding="utf-8")
