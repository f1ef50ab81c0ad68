"""The real worker process, with engines that hang, crash, chatter or stay silent."""

import io
import os
import queue
import select
import signal
import struct
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest
from fakes.voices import FakeWorker, spec

from voicecoach.errors import VoiceFailed, VoiceUnavailable
from voicecoach.voices import worker_main as worker_process
from voicecoach.voices.engines import StillStarting, Unspeakable
from voicecoach.voices.worker import read_reply

pytestmark = pytest.mark.processes

posix = pytest.mark.skipif(sys.platform != "linux", reason="waits for a process with pidfd_open")

PROGRAM = """
import sys, threading
from fakes.voices import spec
from voicecoach.voices.worker import WorkerClient
client = WorkerClient(spec())
client.render("Hold.", 165)
threading.Thread(target=client.render, args=(sys.argv[1], 165)).start()
print(client.pid, flush=True)
threading.Event().wait()
"""


@pytest.fixture(params=["process", "fake"])
def any_worker(request, worker):
    return worker(spec()) if request.param == "process" else FakeWorker(spec())


class TestContract:
    def test_gives_whole_samples_and_more_of_them_for_a_longer_text(self, any_worker):
        short, long = (np.frombuffer(any_worker.render(text, 165), "<i2") for text in ("Hold.", "Hold it."))
        assert 0 < len(short) < len(long)

    def test_gives_the_same_for_the_same_text(self, any_worker):
        assert any_worker.render("Hold.", 165) == any_worker.render("Hold.", 165)

    def test_a_text_that_cannot_be_said_leaves_the_voice_usable(self, any_worker):
        for text in ("silence", "raise"):
            with pytest.raises(Unspeakable):
                any_worker.render(text, 165)
            assert any_worker.render("Hold.", 165)

    def test_speaks_again_after_a_rest(self, any_worker):
        before = any_worker.render("Hold.", 165)
        any_worker.rest()
        any_worker.rest()
        assert any_worker.render("Hold.", 165) == before

    def test_is_closed_for_good(self, any_worker):
        any_worker.render("Hold.", 165)
        any_worker.close()
        any_worker.close()
        with pytest.raises(VoiceFailed):
            any_worker.render("Hold.", 165)


def test_no_process_before_the_first_text_and_none_at_rest(worker):
    client = worker(spec())
    assert client.pid is None
    client.render("Hold.", 165)
    assert client.pid is not None
    client.rest()
    assert client.pid is None


def test_what_an_engine_prints_does_not_reach_the_sound(worker):
    client = worker(spec())
    assert len(client.render("chatter", 165)) == len(client.render("sevenXX", 165))


def test_a_killed_worker_is_started_again(worker):
    client = worker(spec())
    before, first = client.render("Hold.", 165), client.pid
    os.kill(first, signal.SIGKILL)
    assert client.render("Hold.", 165) == before
    assert client.pid != first


@pytest.mark.parametrize("text", ["crash", "hang", "nan", "memory"])
def test_a_text_that_ends_or_spoils_a_worker_costs_that_text_alone(worker, text):
    if text == "memory" and sys.platform != "linux":
        pytest.skip("no limit is kept elsewhere")
    client = worker(spec(), limit=60)
    client.render("Hold.", 165)
    first, client._limit = client.pid, 0.3 if text == "hang" else 60
    with pytest.raises(Unspeakable):
        client.render(text, 165)
    client._limit = 60
    assert client.render("Hold.", 165)
    if client.pid != first:
        with pytest.raises(ProcessLookupError):
            os.kill(first, 0)


def test_an_engine_that_loses_five_texts_is_given_up_whatever_it_says_at_its_start(worker):
    client = worker(spec(engine="Shy"), limit=0.3)
    for text in ("Hold.", "Rest.", "Hold.", "Up.", "Hold.", "Down.", "Rest."):
        with pytest.raises(Unspeakable):
            client.render(text, 165)
    with pytest.raises(VoiceFailed, match=r"^The test voice stopped answering\.$"):
        client.render("Done.", 165)


def test_a_request_to_a_worker_closed_by_another_thread_fails_as_any_other(worker, monkeypatch):
    client = worker(spec())
    client.render("Hold.", 165)
    send = client._worker.send

    def send_too_late(text, wpm):
        client.close()
        send(text, wpm)

    monkeypatch.setattr(client._worker, "send", send_too_late)
    with pytest.raises(VoiceFailed):
        client.render("Rest.", 165)


def test_an_engine_that_starts_slowly_is_not_waited_for_and_speaks_when_it_can(worker):
    client = worker(spec(), patience=0)
    with pytest.raises(StillStarting):
        client.render("Hold.", 165)
    assert client.is_starting()
    assert not client.is_starting(60)
    assert client.render("Hold.", 165)


@pytest.mark.parametrize("sent", [b"", b"S", b"Saudio saved", b"Q\0\0\0\0", b"S\0\0\0\0", b"S\3\0\0\0abc"])
def test_what_no_worker_sends_is_no_reply(sent):
    assert read_reply(io.BytesIO(sent)) is None


@pytest.mark.parametrize(
    ("engine", "error", "message"),
    [
        ("Refuses", VoiceUnavailable, "The test voice could not start (no library here)."),
        ("Nowhere", VoiceUnavailable, "has no attribute 'Nowhere'"),
        ("DiesAtStart", VoiceUnavailable, "The test voice could not start (it ended unexpectedly)."),
        ("HangsAtStart", VoiceUnavailable, "The test voice could not start (it stopped answering)."),
        ("Broken", VoiceFailed, "The test voice broke (RuntimeError: out of paper)."),
        ("Mute", VoiceFailed, "The test voice broke (it makes no sound)."),
    ],
)
def test_an_engine_that_cannot_start(worker, engine, error, message):
    client = worker(spec(engine=engine), load_limit=0.5 if engine == "HangsAtStart" else 30)
    with pytest.raises(error) as caught:
        client.render("Hold.", 165)
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("python", "why"),
    [("/nowhere/python", "No such file or directory"), (None, "Python was not found")],
)
def test_a_computer_that_starts_no_process_is_a_voice_that_cannot_start(worker, monkeypatch, python, why):
    monkeypatch.setattr("voicecoach.worker_process.sys.executable", python)
    with pytest.raises(VoiceUnavailable, match=rf"could not start \({why}\)"):
        worker(spec()).render("Hold.", 165)


def test_close_ends_a_request_in_another_thread(worker):
    client, ended = worker(spec(), limit=3600), []
    client.render("Hold.", 165)

    def ask():
        with pytest.raises(VoiceFailed):
            client.render("hang", 165)
        ended.append(True)

    asking = threading.Thread(target=ask)
    asking.start()
    client.close()
    asking.join()
    assert ended
    assert client.pid is None


def test_ctrl_c_in_the_terminal_is_not_for_the_worker(worker):
    client = worker(spec())
    client.render("Hold.", 165)
    first = client.pid
    assert os.getpgid(first) != os.getpgrp()
    os.kill(first, signal.SIGINT)
    assert client.render("Rest.", 165)
    assert client.pid == first


def test_an_interrupted_request_does_not_answer_the_next(worker, monkeypatch):
    client = worker(spec())
    expected = client.render("Hold.", 165)

    def interrupt(pipe):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("voicecoach.voices.worker.read_reply", interrupt)
        with pytest.raises(KeyboardInterrupt):
            client.render("A long text.", 165)
    assert client.render("Hold.", 165) == expected


def test_nothing_in_the_current_folder_is_run(worker, monkeypatch, tmp_path):
    ran = tmp_path / "ran"
    for module in ("numpy.py", "struct.py", "sitecustomize.py", "voicecoach.py"):
        (tmp_path / module).write_text(f"open({str(ran)!r}, 'w')\n")
    monkeypatch.chdir(tmp_path)
    assert worker(spec()).render("Hold.", 165)
    assert not ran.exists()


@posix
@pytest.mark.parametrize("text", ["Rest.", "hang"])
def test_a_worker_outlives_its_program_by_a_moment_only(text):
    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(root), str(root / "tests")))}
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, text], env=environment, stdout=subprocess.PIPE, text=True
    ) as program:
        pid = int(program.stdout.readline())
        gone = os.pidfd_open(pid)
        program.kill()
    try:
        assert select.select([gone], [], [], 20)[0], "the worker is still there"
    finally:
        os.close(gone)


def test_a_request_that_makes_no_sense_ends_the_worker(monkeypatch):
    requests, done = queue.SimpleQueue(), threading.Event()
    monkeypatch.setattr("os._exit", lambda _: None)
    done.set()
    stream = io.BytesIO(struct.pack("<HI", 140, 1) + b"\xff")
    with pytest.raises(UnicodeDecodeError):
        worker_process._listen(stream, requests, done)
    assert requests.get(timeout=0) is None
