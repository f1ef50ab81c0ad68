"""Jobs in processes of their own: what became of each, and that none is left behind."""

import multiprocessing
import sys
from functools import partial

import pytest
from fakes import jobs

from voicecoach.app import batch
from voicecoach.app.batch import Done, Failed


@pytest.fixture(autouse=True)
def _light(monkeypatch):
    """A new process loads what the program was started with: here all of pytest."""
    monkeypatch.delattr(sys.modules["__main__"], "__file__", raising=False)
    monkeypatch.setattr(sys.modules["__main__"], "__spec__", None)


def test_each_job_says_what_became_of_it_whatever_happens_to_the_others():
    told: list[float] = []
    every = {"one": jobs.count, "two": jobs.refuse, "three": jobs.vanish}
    found = dict(batch.outcomes(every, 3, told.append))
    assert found == {
        "one": Done(3),
        "two": Failed("No."),
        "three": Failed("Writing it was cut short (exit status 7)."),
    }
    assert told[-1] == 1
    assert len(told) == 4
    assert not multiprocessing.active_children()


def test_who_takes_no_more_leaves_no_process_and_no_file(tmp_path):
    going = {name: partial(jobs.write, tmp_path / name) for name in ("one", "two")}
    begun: list[float] = []

    def progress(share):
        begun.append(share)
        if share > 0.09:  # both have begun
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        next(batch.outcomes(going, 2, progress))
    assert not multiprocessing.active_children()
    assert not list(tmp_path.iterdir())


def test_no_more_run_at_a_time_than_are_wanted(monkeypatch):
    started: list[str] = []
    start = batch._start

    def noted(name, job, running):
        assert not running
        started.append(name)
        start(name, job, running)

    monkeypatch.setattr(batch, "_start", noted)
    assert [name for name, _ in batch.outcomes({"b": jobs.count, "a": jobs.count}, 1, lambda _: None)] == [
        "b",
        "a",
    ]
    assert started == ["b", "a"]
