"""``voicecoach pack``: a folder for a patient, with nothing in it of whoever makes it."""

import os
import signal
import sys
from pathlib import Path

import pytest
import soundfile

from voicecoach.app import compose
from voicecoach.app import pack as packing
from voicecoach.app.pack import Item
from voicecoach.errors import VoiceUnavailable
from voicecoach.routine.region import Region
from voicecoach.settings import profile_file, schedule_file
from voicecoach.timeline.medium import Medium

KNEE = """\
name: Knee
by: Anna Berg, physiotherapist
pain: {go: 3, slow: 5, stop: 6}
steps:
  - exercise: Step-down
    rep: down 2s, up 2s
    dose: 2 x 3 each side
    cautions: [bal]
  - exercise: Wall sit
    rep: hold 5s
    reps: 2
"""


@pytest.fixture
def made(monkeypatch):
    """The sessions that were made, with how they sound; each page and sound file is their names."""
    found = []

    def page_of(session, sounding, notice, day, progress):
        progress(1.0)
        found.append((session, sounding))
        return f"page {session.name}"

    def render(studio, steps, path, about, progress):
        progress(1.0)
        path.write_text(f"sound {studio.sounding.medium}")

    monkeypatch.setattr(packing, "page_of", page_of)
    monkeypatch.setattr(compose, "render", render)
    return found


@pytest.fixture
def clinic(home, tmp_path, monkeypatch):
    """Somebody with a routine for a knee, who is where it is."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "knee.yaml").write_text(KNEE)
    return tmp_path


def files(folder):
    return {each.name: each.read_text(encoding="utf-8") for each in Path(folder).iterdir() if each.is_file()}


SILENT = ("--voice", "silent")


def test_a_folder_has_all_that_a_patient_needs(run, made, clinic):
    packed = run("pack", "anna", "core", "knee.yaml", "core", "--patient", " Anna\x1b[1m\nB. <i>", *SILENT)
    assert (packed.status, packed.err) == (0, "anna\n")
    found = files("anna")
    assert list(clinic.glob("anna/returned/*")) == []
    assert found.keys() == {
        "letter.txt",
        *("core.html", "core.mp3", "core-sheet.html", "knee.html", "knee.mp3", "knee-sheet.html"),
    }
    assert (found["core.html"], found["core.mp3"]) == ("page Core", f"sound {Medium.FILE}")
    assert [(session.routine, sounding.medium) for session, sounding in made] == [
        ("core", Medium.PAGE),
        ("knee", Medium.PAGE),
    ]
    assert all(session.as_written for session, _ in made)
    letter = found["letter.txt"].splitlines()
    assert len(letter) == 2
    assert letter[0].startswith(
        "Anna B. <i>, these are your exercises: Core (core.html) and Knee (knee.html)."
    )
    assert letter[1].endswith(" or the page told you not to exercise, just write to me how it was.")
    assert "Anna B. &lt;i&gt;" in found["knee-sheet.html"]
    assert "Anna Berg" in found["knee-sheet.html"]
    assert sorted(found) == sorted(line.strip() for line in packed.out.splitlines() if line.startswith("  "))
    assert f"voicecoach report --from {Path('anna/returned')}" in packed.out
    assert not list(clinic.glob(".voicecoach*"))


def test_what_is_in_it_plays(run, clinic):
    """With the page and the sound as they really are."""
    (clinic / "short.yaml").write_text("name: Short\nsteps: [{say: Lie down.}]\n")
    assert run("pack", "anna", "short.yaml", "--patient", "Anna", *SILENT).status == 0
    with soundfile.SoundFile(clinic / "anna" / "short.mp3") as sound:
        assert sound.frames > sound.samplerate
    page = (clinic / "anna" / "short.html").read_text(encoding="utf-8")
    assert "data:audio/mpeg;base64," in page
    assert "Lie down." in page


def test_it_is_made_for_the_cautions_and_the_side_of_the_patient(run, made, clinic):
    packed = run(
        "pack", "new", "knee.yaml", "--patient", "Bo", "--caution", "bal", "--side", "right", *SILENT
    )
    ((session, _),) = made
    assert [each.key for each in session.played.routine.exercises] == ["Wall sit"]
    assert "Knee: as written, with these changes for Bo:\n  I have left out Step-down" in packed.out
    assert "Nothing in Knee has a left and a right side" in packed.err
    assert "I have left out Step-down" in files("new")["knee-sheet.html"]
    run("pack", "other", "knee.yaml", "--patient", "Bo", "--side", "right", *SILENT)
    (first, _) = made[1][0].played.routine.exercises
    assert first.order == ("right",)


PROGRAMME = "name: Knees\nregion: knee\nphases: [{name: maintain, routines: {mine: 3}}]\n"


def test_nothing_of_the_profile_plan_or_journal_of_whoever_makes_it_is_in_it(run, made, clinic, home, at):
    """They are there, and would change it; then they are damaged, and nobody is told."""
    names, options = ("quick", "mine"), ("--patient", "Bo", *SILENT)
    folder = home / "data" / "routines"
    (folder / "programmes").mkdir(parents=True)
    (folder / "mine.yaml").write_text("name: Mine\nsteps: [curl_up, bird_dog, cat_camel]\n")
    (folder / "programmes" / "knees.yaml").write_text(PROGRAMME)
    first = run("pack", "first", *names, *options)
    for line in (
        *("profile --caution neck --caution preg --coaching short --region hip",),
        *("plan new --programme knees --phase maintain", "log mine --minutes 9 --pain 8 --effort 9"),
        *("plan dose cat_camel 3 --routine mine", "plan dose bird_dog right --routine mine"),
        *("config set talk names", "config set speed 80", "config set delay 10"),
    ):
        assert run(*line.split()).status == 0, line
    assert run("show", "mine").out != run("show", "mine", "--as-written").out
    second = run("pack", "second", *names, *options)
    for file in (profile_file.file(), schedule_file.file(), home / "data" / "journal.db"):
        assert file.is_file()
        file.write_text("{")
    third = run("pack", "third", *names, *options)
    assert files("first") == files("second") == files("third")
    told = [
        (each.status, each.out.replace(name, ""))
        for each, name in zip((first, second, third), ("first", "second", "third"), strict=True)
    ]
    assert told[0] == told[1] == told[2]
    assert [each.err for each in (first, second, third)] == ["first\n", "second\n", "third\n"]
    sessions = [session for session, _ in made]
    for one, two, three in zip(sessions[:2], sessions[2:4], sessions[4:], strict=True):
        assert one.steps == two.steps == three.steps
        assert one.region is two.region is three.region is Region.BACK
        assert one.played.routine == two.played.routine == three.played.routine


def test_a_routine_of_which_nothing_is_left_is_refused_before_anything_is_made(run, made, clinic):
    (clinic / "only.yaml").write_text(KNEE[: KNEE.index("  - exercise: Wall")])
    refused = run(
        "pack", "anna", "core", "only.yaml", "--patient", "Anna", "--caution", "bal", "--caution", "hip"
    )
    assert (refused.status, made) == (2, [])
    assert "No exercise of 'only.yaml' suits somebody with these cautions: bal and hip." in refused.err
    assert not (clinic / "anna").exists()


@pytest.mark.parametrize("name", ["", " ", "x" * 101])
def test_a_patient_has_a_name(run, clinic, name):
    assert run("pack", "anna", "core", "--patient", name).status == 2


def test_a_folder_that_is_not_empty_stays_as_it_is(run, made, clinic, monkeypatch):
    def packed(folder):
        return run("pack", folder, "core", "--patient", "Anna", *SILENT)

    (clinic / "empty").mkdir()
    assert packed("empty").status == 0
    before = files("empty")
    for folder, why in {
        "empty": "not an empty folder",
        "knee.yaml": "not an empty folder",
        "none/anna": "no folder",
        "~no-such-user/anna": "a user who does not exist",
    }.items():
        refused = packed(folder)
        assert (refused.status, why in refused.err) == (2, True), refused.err
    (clinic / "here").mkdir()
    monkeypatch.chdir("here")
    assert "You are in this folder" in packed(".").err
    assert files(clinic / "empty") == before
    assert (clinic / "knee.yaml").read_text() == KNEE


@pytest.mark.parametrize(
    ("end", "status"),
    [(KeyboardInterrupt(), 130), (OSError(28, os.strerror(28)), 2), (VoiceUnavailable("None"), 1)],
)
def test_nothing_is_left_of_one_that_is_interrupted(run, made, clinic, monkeypatch, end, status):
    def fail(*_):
        raise end

    monkeypatch.setattr(compose, "render", fail)
    (clinic / "anna").mkdir()
    assert run("pack", "anna", "core", "--patient", "Anna", *SILENT).status == status
    assert sorted(each.name for each in clinic.iterdir()) == ["anna", "knee.yaml"]
    assert list((clinic / "anna").iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="a signal ends a process there at once")
def test_a_signal_while_it_takes_its_place_waits(run, made, clinic, monkeypatch):
    remove = Path.rmdir

    def interrupted(folder):
        remove(folder)
        signal.raise_signal(signal.SIGINT)

    (clinic / "anna").mkdir()
    monkeypatch.setattr(Path, "rmdir", interrupted)
    assert run("pack", "anna", "core", "--patient", "Anna", *SILENT).status == 130
    assert {"letter.txt", "core.html", "core.mp3", "core-sheet.html"} <= files("anna").keys()


def test_files_have_names_that_every_system_takes_and_each_its_own():
    taken: set[str] = set()
    names = [
        "core",
        "Core",
        "core-sheet",
        "con",
        "a/../b",
        "Übung für den Rücken",
        "...",
        "x" * 300,
        "спина",
        "a b",
        "A_B",
    ]
    found = []
    for name in names:
        found.append(packing._stem(name, taken))
        taken.update(Item(None, None, found[-1]).files)
    assert found == [
        *("core", "core-2", "core-sheet-2", "routine-con", "a-b", "übung-für-den-rücken", "routine"),
        *("x" * 60, "спина", "a-b-2", "a-b-3"),
    ]
    assert len(taken) == 3 * len(names)
