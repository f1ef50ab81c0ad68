import os
import signal
import threading

import numpy as np
import pytest
from fakes.voices import FakeCache, FakeWorker, spec

from voicecoach.errors import UsageError, VoiceFailed, VoiceUnavailable
from voicecoach.language.speech_length import estimate
from voicecoach.voices.narrator import Narrator

HANGS = VoiceFailed("The natural voice stopped answering.")


class Stage:
    """A narrator with two voices, their workers and what it said about them."""

    def __init__(self, cache=None, engines=("natural", "base"), **settings):
        self.notices, self.workers = [], {}
        self.cache = FakeCache() if cache is None else cache
        specs = [spec(name, title=f"{name} voice") for name in engines]
        self.narrator = Narrator(specs, self.cache, self.notices.append, worker=self._hire, **settings)

    def _hire(self, engine):
        self.workers[engine.name] = FakeWorker(engine)
        return self.workers[engine.name]


@pytest.fixture
def stage():
    return Stage()


def test_the_first_voice_speaks(stage):
    clip = stage.narrator.clip("Hold.")
    assert (clip.engine, clip.frames, len(clip.samples)) == ("natural", 500, 500)
    assert clip.samples.dtype == np.int16
    assert stage.narrator.measure("Hold.") == 500
    assert stage.narrator.audible
    with pytest.raises(ValueError, match="read-only"):
        clip.samples[0] = 1


def test_a_text_is_rendered_once_however_it_is_spaced(stage):
    assert stage.narrator.clip("Hold.") is stage.narrator.clip(" Hold.\n")
    assert stage.workers["natural"].said == ["Hold."]


def test_it_tells_at_once_what_was_rendered(stage):
    assert not stage.narrator.knows("Hold.")
    assert stage.workers["natural"].said == []
    stage.narrator.clip("Hold.")
    assert stage.narrator.knows(" Hold.\n")


def test_an_engine_is_given_what_is_said_and_everybody_else_keeps_what_is_written(stage):
    clip = stage.narrator.clip("Cat-camel, 10s.")
    assert stage.workers["natural"].said == ["Cat camel, 10 seconds."]
    assert stage.narrator.clip("Cat camel, 10 seconds.").frames == stage.narrator.measure("Cat-camel, 10s.")
    assert stage.workers["natural"].said == ["Cat camel, 10 seconds."], (
        "the same sound is in the cache already"
    )
    stage.workers["natural"].error = HANGS
    assert stage.narrator.clip("Cat-camel, 10s.") is clip


def test_without_engines_nothing_is_tried_and_captions_are_as_long_as_they_take_to_read():
    stage = Stage(engines=())
    assert stage.narrator.measure("3 x 10s") == estimate("3 x 10s") != estimate("3 times 10 seconds")
    found = (stage.narrator.clip("Hold.").engine, stage.narrator.audible, stage.notices)
    assert found == ("silent", False, [])


def test_a_warm_cache_needs_no_worker(stage):
    before = stage.narrator.clip("Hold.")
    again = Stage(stage.cache)
    assert np.array_equal(again.narrator.clip("Hold.").samples, before.samples)
    assert again.workers["natural"].said == []


def test_another_rate_voice_or_version_is_another_entry(stage):
    stage.narrator.clip("Hold.")
    others = Stage(stage.cache, wpm=120), Stage(stage.cache, engines=("base",))
    for entries, other in enumerate((stage, *others), 1):
        other.narrator.clip("Hold.")
        assert len(stage.cache) == entries
    for version in "12":
        Narrator([spec(version=version)], stage.cache, stage.notices.append, worker=FakeWorker).clip("Hold.")
    assert len(stage.cache) == 5


@pytest.mark.parametrize(
    "error",
    [
        HANGS,
        VoiceFailed("The natural voice broke (E)."),
        VoiceUnavailable("The natural voice could not start."),
    ],
)
def test_a_failed_voice_is_replaced_once_and_for_all(stage, error):
    before = stage.narrator.clip("Hold.")
    stage.workers["natural"].error = error
    assert stage.narrator.clip("Rest.").engine == "base"
    stage.workers["natural"].error = None
    assert stage.narrator.clip("Breathe.").engine == "base"
    assert stage.narrator.clip("Hold.") is before
    assert stage.notices == [f"{str(error)[:-1]}; going on with the base voice."]
    assert stage.workers["natural"].closed
    assert stage.narrator.audible


def test_with_no_voice_left_texts_are_captions(stage):
    for worker in stage.workers.values():
        worker.error = HANGS
    clip = stage.narrator.clip("Hold.")
    assert (clip.engine, clip.frames, len(clip.samples)) == ("silent", estimate("Hold."), 0)
    assert [notice.partition("; ")[2] for notice in stage.notices] == [
        "going on with the base voice.",
        "going on with captions and sounds. 'voicecoach doctor' tells why.",
    ]
    assert not stage.narrator.audible


def test_a_failed_voice_still_lends_what_is_in_the_cache(stage):
    stage.narrator.clip("Hold.")
    later = Stage(stage.cache)
    later.workers["natural"].error = HANGS
    assert later.narrator.clip("Rest.").engine == "base"
    assert later.narrator.clip("Hold.").engine == "natural"


def test_one_text_that_a_voice_cannot_say_goes_to_the_next_voice_without_a_word(stage):
    stage.workers["base"].render = lambda text, wpm: b"\1\0" * 7
    assert stage.narrator.clip("silence").engine == "base"
    assert stage.narrator.clip("Hold.").engine == "natural"
    assert stage.notices == []


def test_what_no_voice_can_say_is_told_once_when_it_is_known_that_others_are_said():
    stage = Stage(engines=("natural",))
    for text, told in (
        ("silence", 0),
        ("Hold.", 1),
        ("Rest.", 1),
        ("raise", 1),
        ("Breathe.", 2),
        ("One.", 2),
    ):
        assert stage.narrator.clip(text).engine == ("silent" if text in {"silence", "raise"} else "natural")
        assert (
            stage.notices
            == [
                "No voice here can say this, so it is only shown: 'silence'",
                "Other sentences could not be spoken either; they are only shown.",
            ][:told]
        )
    assert stage.narrator.unsaid == ["silence", "raise"]


def test_a_voice_that_is_late_is_stood_in_for_until_it_speaks(stage):
    stage.workers["natural"].late = 2
    assert [stage.narrator.clip(text).engine for text in ("Hold.", "Rest.")] == ["base", "base"]
    assert stage.narrator.settled
    assert stage.notices == ["The test voice is slow to start; the base voice speaks until it is ready."]
    assert stage.narrator.clip("Breathe.").engine == "natural"
    assert stage.narrator.clip("Hold.").engine == "base", "a text keeps its voice"
    stage.workers["natural"].late = 2
    assert stage.narrator.clip("One.").engine == "base"
    assert not stage.narrator.settled
    assert len(stage.notices) == 1


def test_the_patient_wait_for_a_voice_that_is_late_and_learn_why_there_is_none(stage):
    stage = Stage(patient=True)
    stage.workers["natural"].late = 2
    assert stage.narrator.clip("Hold.").engine == "natural"
    for worker in stage.workers.values():
        worker.error = HANGS
    assert stage.narrator.clip("Rest.").engine == "silent"
    assert stage.notices == [
        "The test voice is slow to start ...",
        "The natural voice stopped answering; going on with the base voice.",
    ]
    assert stage.narrator.failure.why == "The natural voice stopped answering"


def test_texts_are_prepared_by_whoever_speaks_when_a_voice_is_late(stage):
    stage.workers["natural"].late = 1
    stage.narrator.prepare(COUNT[:3], 1)
    assert stage.workers["natural"].said == []
    assert stage.narrator.clip("Rep 1.").engine == "natural"


@pytest.mark.parametrize("text", ["", "  ", "…", "[[]]", "\x1b"])
def test_a_text_without_words_lasts_no_time_and_troubles_no_voice(stage, text):
    clip = stage.narrator.clip(text)
    assert (clip.frames, len(clip.samples)) == (0, 0)
    assert stage.workers["natural"].said == []


def test_clips_that_left_memory_come_back_from_the_cache():
    stage = Stage(in_memory=1500)
    before = stage.narrator.clip("Hold.")
    stage.narrator.clip("Rest.")
    again = stage.narrator.clip("Hold.")
    assert again is not before
    assert np.array_equal(again.samples, before.samples)
    assert stage.workers["natural"].said == ["Hold.", "Rest."]


@pytest.fixture
def forgetful():
    """A stage that has forgotten the clip that it made, and its cache too."""
    stage = Stage(in_memory=1500)
    stage.narrator.clip("Hold.")
    stage.narrator.clip("Rest.")
    stage.cache.clear()
    return stage


@pytest.mark.parametrize(("frames", "sound"), [(300, 300), (900, 500)])
def test_a_clip_that_is_made_again_has_the_length_it_had(forgetful, frames, sound):
    forgetful.workers["natural"].render = lambda text, wpm: b"\1\0" * frames
    clip = forgetful.narrator.clip("Hold.")
    assert (clip.frames, len(clip.samples), np.count_nonzero(clip.samples)) == (500, 500, sound)


def test_a_clip_that_cannot_be_made_again_is_a_caption_of_its_length(forgetful):
    forgetful.workers["natural"].error = HANGS
    clip = forgetful.narrator.clip("Hold.")
    assert (clip.engine, clip.frames, len(clip.samples)) == ("silent", 500, 0)


def test_resting_workers_speak_again(stage):
    stage.narrator.clip("Hold.")
    stage.narrator.rest()
    assert stage.workers["natural"].rests == 1
    assert stage.narrator.clip("Rest.").engine == "natural"


def test_a_closed_narrator_starts_nothing_and_says_nothing(stage):
    with stage.narrator as narrator:
        narrator.clip("Hold.")
    assert stage.narrator.clip("Hold.").engine == "natural"
    assert stage.narrator.clip("Rest.").engine == "silent"
    stage.narrator.prepare(COUNT, 2)
    assert stage.workers["natural"].said == ["Hold."]
    assert stage.notices == []


def test_closing_during_a_request_is_no_failure_of_the_voice(stage):
    def close_meanwhile(text, wpm):
        stage.narrator.close()
        raise HANGS

    stage.workers["natural"].render = close_meanwhile
    assert stage.narrator.clip("Hold.").engine == "silent"
    assert stage.notices == []


def test_threads_that_want_the_same_text_get_the_same_clip(stage):
    together, clips = threading.Barrier(8), []

    def ask():
        together.wait()
        clips.append(stage.narrator.clip("Hold."))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(map(id, clips))) == 1
    assert stage.workers["natural"].said == ["Hold."]


def test_whoever_gets_a_notice_may_ask_for_speech(stage):
    heard = []
    stage.narrator._notice = lambda line: heard.append(stage.narrator.clip(line).engine)
    stage.workers["natural"].error = HANGS
    stage.narrator.clip("Hold.")
    assert heard == ["base"]


@pytest.mark.parametrize("wpm", [0, 109, 321])
def test_a_rate_nobody_can_speak_at_is_refused(wpm):
    with pytest.raises(UsageError, match="110 to 320 words a minute"):
        Stage(wpm=wpm)


@pytest.mark.processes
class TestWithRealWorkers:
    @pytest.fixture
    def narrator(self, worker):
        self.notices, self.clients = [], []

        def hire(engine):
            self.clients.append(worker(engine, limit=60))
            return self.clients[-1]

        engines = [spec("natural", title="natural voice"), spec("base", title="base voice")]
        with Narrator(engines, FakeCache(), self.notices.append, worker=hire) as narrator:
            yield narrator

    def test_a_killed_worker_costs_nothing(self, narrator):
        narrator.clip("Hold.")
        os.kill(self.clients[0].pid, signal.SIGKILL)
        assert narrator.clip("Rest.").engine == "natural"
        assert self.notices == []

    @pytest.mark.parametrize("text", ["hang", "crash", "raise"])
    def test_a_text_that_ends_every_worker_costs_that_text_and_no_voice(self, narrator, text):
        narrator.clip("Hold.")
        for client in self.clients:
            client._limit = 0.3 if text == "hang" else 60
        assert narrator.clip(text).engine == "silent"
        assert narrator.clip("Rest.").engine == "natural"
        assert self.notices == [f"No voice here can say this, so it is only shown: '{text}'"]

    def test_a_text_that_ends_workers_when_prepared_and_when_asked_for_costs_no_voice(self, narrator):
        narrator.prepare(["Hold.", "crash"], 1)
        assert narrator.clip("crash").engine == "silent"
        assert narrator.clip("Rest.").engine == "natural"
        assert self.notices == ["No voice here can say this, so it is only shown: 'crash'"]

    def test_close_ends_a_request_that_hangs(self, narrator):
        narrator.clip("Hold.")
        self.clients[0]._limit = 3600
        asking = threading.Thread(target=narrator.clip, args=("hang",))
        asking.start()
        narrator.close()
        asking.join(30)
        assert not asking.is_alive()
        assert self.notices == []


COUNT = [f"Rep {number}." for number in range(60)]


class Crew:
    """A narrator whose workers are counted; each after the first raises ``error``, if there is one."""

    def __init__(self, error=None, cache=None):
        self.notices, self.workers, self.error = [], [], error
        self.cache = FakeCache() if cache is None else cache
        self.narrator = Narrator(
            [spec("natural", title="natural voice")], self.cache, self.notices.append, worker=self._hire
        )

    def _hire(self, engine):
        self.workers.append(FakeWorker(engine))
        if len(self.workers) > 1:
            self.workers[-1].error = self.error
        return self.workers[-1]


@pytest.mark.parametrize(("workers", "hired"), [(1, 1), (2, 2), (3, 3), (99, 4)])
def test_many_texts_are_prepared_once_each_by_as_many_workers_as_pay(workers, hired):
    crew, shares = Crew(), []
    crew.narrator.prepare([*COUNT, " Rep 1.\n", "...", "silence"], workers, shares.append)
    said = [text for worker in crew.workers for text in worker.said]
    assert sorted(said) == sorted([*COUNT, "silence"])
    assert len(crew.workers) == hired
    assert [worker.closed for worker in crew.workers] == [False] + [True] * (hired - 1)
    assert shares == sorted(shares)
    alone = Crew()
    for text in COUNT:
        assert np.array_equal(crew.narrator.clip(text).samples, alone.narrator.clip(text).samples)
    assert crew.cache == alone.cache
    assert [text for worker in crew.workers for text in worker.said] == said, "all were in the cache"


def test_a_few_texts_and_those_in_the_cache_start_no_other_worker():
    crew = Crew()
    crew.narrator.prepare(COUNT[:19], 4)
    crew.narrator.prepare(COUNT[:30], 4)
    assert len(crew.workers) == 1
    longest_first = sorted(COUNT[:19], key=len, reverse=True)
    assert crew.workers[0].said == [*longest_first, *COUNT[19:30]]


@pytest.mark.parametrize("error", [VoiceUnavailable("no memory"), HANGS])
def test_another_worker_that_fails_leaves_its_texts_and_nobody_hears_of_it(error):
    crew = Crew(error)
    crew.narrator.prepare(COUNT, 3)
    assert [crew.narrator.clip(text).engine for text in COUNT] == ["natural"] * 60
    assert crew.notices == []


def test_a_voice_that_fails_while_texts_are_prepared_is_replaced(stage):
    stage.workers["natural"].error = HANGS
    stage.narrator.prepare(COUNT[:10], 1)
    assert stage.notices == ["The natural voice stopped answering; going on with the base voice."]
    assert stage.narrator.clip("Rep 1.").engine == "base"


def test_nothing_is_prepared_that_cannot_be_kept():
    class Full(FakeCache):
        def put(self, key, sound):
            return False

    crew = Crew(cache=Full())
    crew.narrator.prepare(COUNT, 1)
    assert len(crew.workers[0].said) == 1
