"""Commands on a computer where no voice speaks, for each reason that there is."""

from dataclasses import replace
from pathlib import Path

import pytest

from voicecoach.app.compose import Sounding, Studio
from voicecoach.cli import doctor
from voicecoach.cli.notices import Audience
from voicecoach.voices import engines
from voicecoach.voices.worker import WorkerClient

QUICKLY = ("--output", "instant", "--yes", "--no-journal", "--plain")
INSTALL = 'To install one: pip install "voicecoach[natural]"'
DOCTOR = "'voicecoach doctor' tells why."
ON_SCREEN = "what the coach says is only shown."


@pytest.fixture
def voices(monkeypatch):
    """Put engines of ``fakes.voices`` in the places of all voices; one without a name is not installed."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[1]))

    def put(*fakes, **limits):
        found = (
            replace(each, factory=f"fakes.voices:{fake}", version=(lambda: "1") if fake else lambda: None)
            for each, fake in zip(engines.ENGINES, fakes, strict=True)
        )
        monkeypatch.setattr(engines, "ENGINES", tuple(found))
        start = WorkerClient.__init__
        monkeypatch.setattr(start, "__kwdefaults__", {**start.__kwdefaults__, **limits})

    return put


def test_the_examination_names_the_voices_that_are_lacking_and_what_speaks_in_their_place(voices):
    voices("", "")
    *lacking, silent = doctor._voices()
    assert [each.what for each in lacking] == ["voice natural", "voice pyttsx3"]
    assert all(each.serious for each in lacking)
    assert (silent.what, silent.serious, silent.remedy) == ("voice silent", False, "")
    assert "screen reader" in silent.state


def test_no_voice_is_installed(run, voices, tmp_path):
    voices("", "")
    file = tmp_path / "quick.wav"
    played = run("play", "quick", *QUICKLY)
    assert (played.status, played.out.count(ON_SCREEN), played.out.count(INSTALL)) == (0, 1, 1)
    assert "Done after" in played.out
    shown = run("demo", "--output", "instant")
    assert (shown.status, shown.out.count(f"No voice is installed: {ON_SCREEN} {INSTALL}")) == (0, 1)
    said = run("say", "Hello.")
    assert said == replace(
        said, status=1, out="", err=f"No voice is installed, so nothing is said. {INSTALL}\n"
    )
    written = run("render", "quick", "-o", file)
    assert (written.status, written.out) == (1, "")
    assert written.err.endswith(
        "No voice is installed, so nothing is written."
        f" To write it without words, add --voice silent. {INSTALL}\n"
    )
    assert {each.name for each in tmp_path.iterdir()} <= {"home"}
    assert run("render", "quick", "-o", file, "--voice", "silent").status == 0
    assert file.exists()
    assert run("voices").out.endswith(f"No voice is installed: {ON_SCREEN} {INSTALL}\n")
    told = run("timeline", "quick").err
    assert told == f"No voice is installed, so these times are estimates. {INSTALL}\n"


def test_what_was_told_before_the_screen_opened_is_shown_on_it_too(home, voices):
    voices("", "")
    told, seen = [], []
    audience = Audience(told.append)
    audience.tell("No desktop answers.")
    with Studio(Sounding(), audience.tell):
        audience.join(seen.append)
    audience.tell("No answer from music.")
    assert told == seen
    assert told[1:-1] == [f"No voice is installed: {ON_SCREEN} {INSTALL}"]


@pytest.mark.processes
@pytest.mark.parametrize(
    ("fake", "why"),
    [
        ("Broken", "broke (RuntimeError: out of paper)"),
        ("Mute", "broke (it makes no sound)"),
        ("DiesAtStart", "could not start (it ended unexpectedly)"),
        ("HangsAtStart", "could not start (it stopped answering)"),
        ("no Python", "could not start (No such file or directory)"),
    ],
)
def test_no_voice_works(run, voices, tmp_path, monkeypatch, fake, why):
    if fake == "no Python":
        monkeypatch.setattr("voicecoach.worker_process.sys.executable", "/nowhere/python")
    hangs = fake == "HangsAtStart"
    voices(*2 * [fake], **({"load_limit": 0.2, "patience": 0.1} if hangs else {}))
    first, second = f"The natural voice {why}; going on with the base voice.", f"The base voice {why}"
    late = "The natural voice is slow to start ...\n", "The base voice is slow to start ...\n"
    before, between = late if hangs else ("", "")
    said = run("say", "Hello.")
    assert said.out == ""
    assert (said.status, said.err) == (
        1,
        f"{before}{first}\n{between}{second}, so nothing is said. {DOCTOR}\n",
    )
    written = run("render", "quick", "-o", tmp_path / "quick.wav")
    assert written.status == 1
    assert written.err.endswith(
        f" so nothing is written. To write it without words, add --voice silent. {DOCTOR}\n"
    )
    assert {each.name for each in tmp_path.iterdir()} <= {"home"}
    played = run("play", "quick", *QUICKLY)
    assert (played.status, "Done after" in played.out) == (0, True)
    told = " ".join(played.out.split())
    if not hangs:  # then it depends on which of them is noticed first
        assert told.count(f"{first} {second}; going on with captions and sounds. {DOCTOR}") == 1


@pytest.mark.processes
def test_a_voice_that_cannot_start_is_stood_in_for(run, voices, tmp_path):
    voices("HangsAtStart", "Tone", load_limit=4, patience=0.1)
    file = tmp_path / "quick.wav"
    assert run("say", "Hello.", "--output", "instant").status == 0
    assert run("render", "quick", "-o", file).status == 0
    assert file.exists()
    assert run("play", "quick", *QUICKLY).status == 0


@pytest.mark.processes
def test_a_sentence_that_no_voice_can_say_is_shown_and_named(run, voices, tmp_path):
    voices("Tone", "Tone")
    routine = tmp_path / "odd.yaml"
    routine.write_text("name: Odd\nsteps:\n  - {say: Hold.}\n  - {say: silence}\n  - {say: Rest.}\n")
    odd = "No voice here can say this, so it is only shown: 'silence'"
    played = run("play", routine, *QUICKLY)
    assert (played.status, played.out.count(odd), played.out.count("Silence.")) == (0, 1, 1)
    written = run("render", routine, "-o", tmp_path / "odd.wav")
    assert (written.status, written.err.count(odd)) == (0, 1)
    said = run("say", "silence")
    assert (said.status, said.err) == (1, "No voice here can say that, so nothing is said.\n")
    nothing = run("say", "...")
    assert (nothing.status, nothing.err) == (
        2,
        "There is nothing to say. Give a sentence, as in: voicecoach say 'Good morning.'\n",
    )
