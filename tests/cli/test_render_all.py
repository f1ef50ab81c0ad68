"""``render --all``: one routine that cannot be written stops no other, and all of it is told."""

import pickle

import pytest

from voicecoach.app import batch
from voicecoach.app.batch import Done, Failed
from voicecoach.app.shelf import Shelf, Trouble
from voicecoach.cli import notices, render_all
from voicecoach.cli.notices import to_stderr
from voicecoach.cli.recording import Recording
from voicecoach.errors import UsageError

NOTHING = Trouble("-", "has nothing for your profile", is_fault=False)
MISTAKES = Trouble("?", "has 2 problem(s): voicecoach check typo")


@pytest.fixture(autouse=True)
def _library(monkeypatch):
    looks = {"asleep": NOTHING, "broken": None, "core": None, "typo": MISTAKES, "walk": None}
    monkeypatch.setattr(Shelf, "names", lambda *_: tuple(looks))
    monkeypatch.setattr(Shelf, "look", lambda _, name: looks[name])


@pytest.fixture
def done(monkeypatch):
    """What was written, and how many at a time. It is written here, and not in another process."""
    written = []

    def write(recording, routine, out, progress):
        if routine == "broken":
            raise UsageError("There is no voice.")
        to_stderr("The journal is locked.")
        progress(1.0)
        written.append((recording, routine, out))
        return (f"{out}: 1:00, 0.4 MB",)

    def outcomes(jobs, at_once, progress):
        written.append(at_once)
        for name, job in jobs.items():
            try:
                outcome = Done(pickle.loads(pickle.dumps(job))(progress))
            except UsageError as error:
                outcome = Failed(str(error))
            notices.begin()  # another process tells on its own
            yield name, outcome

    monkeypatch.setattr(Recording, "write", write)
    monkeypatch.setattr(batch, "outcomes", outcomes)
    return written


def test_what_was_written_left_out_and_failed_is_told(run, home, tmp_path, done):
    folder = tmp_path / "new" / "files"
    told = run("render", "--all", "-o", folder, "--captions")
    assert told.status == 1
    assert told.out.splitlines() == [
        "asleep: left out, as it has nothing for your profile.",
        "broken: not written",
        f"{folder / 'core.mp3'}: 1:00, 0.4 MB",
        f"{folder / 'walk.mp3'}: 1:00, 0.4 MB",
        f"Routines written to {folder}: 2.",
    ]
    assert told.err.splitlines() == [
        "files",
        "The journal is locked.",
        "typo could not be written: has 2 problem(s): voicecoach check typo",
        "broken could not be written: There is no voice.",
    ]
    at_once, (recording, *_), _ = done
    assert at_once == render_all.AT_ONCE
    assert recording.captions
    assert recording.chosen.delay == 0


@pytest.mark.parametrize(("jobs", "workers"), [("3", 1), ("1", 4)])
def test_a_few_at_a_time_have_a_speech_worker_each(run, home, tmp_path, done, jobs, workers):
    run("render", "--all", "-o", tmp_path, "--format", "html", "--jobs", jobs)
    at_once, (recording, _, out), _ = done
    assert (at_once, recording.workers, out.name) == (int(jobs), workers, "core.html")


def test_the_same_reason_is_told_once(monkeypatch, run, home, tmp_path):
    monkeypatch.setattr(
        batch, "outcomes", lambda jobs, *_: (each for each in dict.fromkeys(jobs, Failed("No.")).items())
    )
    told = run("render", "--all", "-o", tmp_path).err
    assert "broken, core and walk could not be written: No.\n" in told


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ((), "Name a routine, or add --all"),
        (("core", "--all"), "Name one routine or add --all, not both"),
        (("core", "--jobs", "2"), "--format and --jobs are for --all"),
        (("core", "--format", "mp3"), "--format and --jobs are for --all"),
        (("--all", "--format", "mp4"), "'mp4' is not a format: mp3, wav, m4b, flac, opus, ogg, html."),
        (("--all", "--format", "html", "--captions"), "A page has captions"),
        (("--all", "--jobs", "0"), "not a whole number from 1 to 16"),
    ],
)
def test_what_does_not_go_together_is_refused_before_anything_is_made(run, home, tmp_path, typed, why):
    refused = run("render", *typed, "-o", tmp_path / "new")
    assert refused.status == 2
    assert why in refused.err
    assert not (tmp_path / "new").exists()


def test_a_file_in_the_place_of_the_folder_is_left_alone(run, home, tmp_path, done):
    (tmp_path / "file").write_text("mine")
    refused = run("render", "--all", "-o", tmp_path / "file")
    assert (refused.status, refused.out) == (2, "")
    assert "file cannot be made (File exists). Choose another place with -o." in refused.err
    assert (tmp_path / "file").read_text() == "mine"
