from pathlib import Path

import pytest

from voicecoach.voices.worker import WorkerClient

TESTS = Path(__file__).resolve().parents[1]


@pytest.fixture
def worker(monkeypatch):
    """Starts real workers with engines of ``fakes.voices``, and ends them after the test."""
    monkeypatch.setenv("PYTHONPATH", str(TESTS))
    started = []

    def start(engine, **limits):
        started.append(WorkerClient(engine, **limits))
        return started[-1]

    yield start
    for client in started:
        client.close()
