"""A made-up language, in which every sentence of ours stands in brackets; nothing else may be shown."""

import functools
import io
import re
import shutil
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import seeded
import yaml
from brackets import bracketed, stray
from fakes.clock import FakeClock
from fakes.journal import session_on, sets_of
from fakes.speech import SOUNDS, LetterSpeech
from typer.testing import CliRunner

from voicecoach import paths
from voicecoach.app import prepare
from voicecoach.app.compose import Sounding, Studio
from voicecoach.cli.main import app, main
from voicecoach.display.layout import Box, Part
from voicecoach.display.picture import draw
from voicecoach.display.plain import PlainView
from voicecoach.display.readout import confirmed, refusal
from voicecoach.display.scene_view import SceneView
from voicecoach.errors import UnknownName, VoiceUnavailable
from voicecoach.journal import store
from voicecoach.journal.records import Leg
from voicecoach.journal.store import Journal
from voicecoach.language import phrases
from voicecoach.language.dates import counted
from voicecoach.language.phrases import Message, Phrases
from voicecoach.routine.files.library import Library
from voicecoach.routine.phase import PhaseKind
from voicecoach.session import edits
from voicecoach.session.commands import Command, help_rows
from voicecoach.session.levels import Levels
from voicecoach.session.listener import Ending, Listener, Listeners
from voicecoach.settings import file
from voicecoach.timeline.compile import compile_all
from voicecoach.timeline.dump import as_text, heading
from voicecoach.timeline.expand import Settings
from voicecoach.timeline.segment import Speak
from voicecoach.timeline.speech_track import Kit
from voicecoach.training.readiness import Today
from voicecoach.training.week import due
from voicecoach.training.week_plan import planned
from voicecoach.training.words import agenda
from voicecoach.voices.engines import chain

CODE = "xx"
ROUTINE = """
name: ⟦Whole⟧
steps:
  - exercise: ⟦Reach⟧
    posture: supine
    why: ⟦It is good.⟧
    position: [⟦Lie down.⟧, "⟦{side} knee up.⟧"]
    movement: ⟦Reach.⟧
    breathing: ⟦Breathe.⟧
    rep: [{⟦go⟧: 2s}, {⟦stay⟧: 21s}, {⟦down⟧: 2s}, {⟦off⟧: 2s}]
    reps: [2, 1]
    sides: each
    rest: 12s
    cues: {always: [⟦Slowly.⟧], rotating: [⟦Softly.⟧]}
  - exercise: ⟦March⟧
    posture: standing
    duration: 35s
  - rest: 25s
  - say: ⟦Well.⟧
  - wait: {for: ⟦Strap⟧, limit: 20s}
  - exercise: ⟦Raise⟧
    rep: [{⟦go⟧: 1s}, {⟦off⟧: 1s}]
    reps: 27
    sides: alternate
  - exercise: ⟦Lift⟧
    reps: 12
    pace: self
    limit: 20s
"""


@pytest.fixture
def made_up(tmp_path, monkeypatch):
    """The language ``xx``, beside English, with phase words and an order of numbers of its own."""
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path / "home"))
    folder = tmp_path / "phrases"
    folder.mkdir()
    for path in phrases.folder().iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    own = bracketed(phrases.entries("en"))
    own["numbers"]["tens_and_ones"] = "⟦{ones} and {tens}⟧"
    words = {"hold": ["⟦stay⟧"], "lower": ["⟦down⟧"], "relax": ["⟦off⟧"]}
    for name, data in ((CODE, own), (f"phases.{CODE}", words)):
        (folder / f"{name}.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    monkeypatch.setattr(phrases, "folder", lambda: folder)
    for read in (phrases.load, phrases.entries, phrases.phase_kinds):  # what was read before stays as it is
        monkeypatch.setattr(phrases, read.__name__, functools.cache(read.__wrapped__))
    return folder


@pytest.fixture
def steps(made_up, tmp_path):
    path = tmp_path / "whole.yaml"
    path.write_text(ROUTINE, encoding="utf-8")
    return prepare.steps_of(Library([]).load(path), Settings(language=CODE, delay=15))


def test_the_timeline_says_nothing_else(steps):
    kit = Kit(LetterSpeech(seconds_per_letter=0.02), SOUNDS, phrases.load(CODE))
    score = compile_all(steps, kit)
    for segment in score.segments:
        assert not stray(heading(segment, kit.phrases)), segment.title
        for event in segment.events:
            assert not isinstance(event, Speak) or not stray(event.text), event
        for dropped in segment.dropped:
            assert not stray(dropped.text), dropped
    assert "⟦⟦seven⟧ and ⟦twenty⟧⟧" in as_text(score, kit.phrases)  # the order of the language
    kinds = {beat.phase: beat.kind for segment in score.segments for beat in segment.beats}
    assert kinds["⟦stay⟧"] is PhaseKind.HOLD
    assert kinds["⟦down⟧"] is PhaseKind.LOWER
    assert kinds["⟦off⟧"] is PhaseKind.RELAX


def test_shipped_routines_say_nothing_else(made_up, tmp_path):
    shipped, folder = paths.shipped("routines"), tmp_path / "routines"
    shutil.copytree(shipped, folder, ignore=shutil.ignore_patterns("phrases"))
    for path in (*(shipped / "exercises" / "en").glob("*.yaml"), *shipped.glob("*.yaml")):
        words = yaml.safe_load(path.read_text(encoding="utf-8"))
        own = folder / path.relative_to(shipped).parent.parent / CODE / path.name
        if path.parent == shipped:
            own = folder / CODE / path.name
            words = {key: words[key] for key in ("name", "about", "days") if key in words}
        else:
            words["phases"] = {phase: phase for phase in words.get("words", {})}
        own.parent.mkdir(exist_ok=True)
        own.write_text(yaml.safe_dump(bracketed(words), allow_unicode=True), encoding="utf-8")
    library = Library([folder], CODE)
    kit = Kit(LetterSpeech(seconds_per_letter=0.02), SOUNDS, phrases.load(CODE))
    for name in ("core", "strong-back", "walk"):
        score = compile_all(prepare.steps_of(library.load(name), Settings(language=CODE)), kit)
        lines = [heading(segment, kit.phrases) for segment in score.segments]
        lines += [event.text for each in score.segments for event in each.events if isinstance(event, Speak)]
        lines += [beat.phase for segment in score.segments for beat in segment.beats]
        assert not [line for line in lines if stray(line)], name
    assert {used.id: library.lacking(used.id) for used in library.load("core").exercises} == {
        used.id: () for used in library.load("core").exercises
    }


class Screen(Listener):
    """Draws every part of the full screen every two seconds, and asks the plain view where the session is."""

    BOX = Box(0, 0, 200, 3)

    def __init__(self, view, plain):
        self.view, self.plain = view, plain
        self.rows = set()

    def moved(self, position):
        if position.frame % 96_000 >= 960:
            return
        self.plain.where()
        scene = self.view.scene()
        for part in (each for each in Part if each not in {Part.HELP, Part.FIGURE}):
            self.rows |= {"".join(text for text, _ in row) for row in draw(part, scene, self.BOX)}


def test_a_whole_session_shows_nothing_else(steps):
    session = replace(prepare.remark("⟦Whole⟧"), steps=steps)
    stream, notices = io.StringIO(), []
    with Studio(Sounding("silent", output="instant", language=CODE), notices.append) as studio:
        view = SceneView(studio.kit.phrases)
        plain = PlainView(stream, studio.kit.phrases)
        screen = Screen(view, plain)
        for each in (view, plain):
            each.levels_changed(Levels(voice=50, music=80))
        summary = studio.player(session, Listeners(plain, view, screen), FakeClock()).run()
    assert summary.finished
    assert notices == []
    shown = stream.getvalue().splitlines()
    assert [line for line in shown if "⟦rep 2 of 2⟧" in line]
    assert [line for line in shown if stray(line)] == []
    whole = [row for row in screen.rows if row.count("⟦") == row.count("⟧")]  # the others are cut off
    assert len(whole) > 100
    assert not [row for row in whole if stray(row)]


def test_a_refusal_and_a_lost_loudspeaker_are_told_in_it(steps):
    told, view = [], SceneView(phrases.load(CODE))
    view.refused = lambda _, why: told.append(why)
    session = replace(prepare.remark("⟦Whole⟧"), steps=steps)
    with Studio(Sounding("silent", output="instant", language=CODE), told.append) as studio:
        player = studio.player(session, view, FakeClock())
        for each in (Command.EASIER, Command.HURTS, Command.NORMAL_TEMPO, Command.STOP):
            player.send(each)
        player.run()
    assert told == [
        "⟦There is no exercise here to change.⟧",
        "⟦No exercise was done yet.⟧",
        "⟦This is the normal speed.⟧",
    ]
    assert not stray(phrases.load(CODE)("loudspeaker.lost"))


def test_the_keys_and_what_they_do_are_told_in_it(made_up):
    say = phrases.load(CODE)
    for keys, meaning in help_rows(say):
        assert not stray(meaning), keys
    for command in Command:
        assert not stray(confirmed(command, say)), command
        assert not stray(refusal(command, "", say)), command


def test_every_refusal_has_its_words():
    source = "".join(path.read_text() for path in Path(edits.__file__).parent.glob("*.py"))
    raised = "".join(re.findall(r"(?:Refused|meant)\([^()]*\)", source))
    assert set(re.findall(r'"(\w+)"', raised)) == set(phrases.entries("en")["refused"])


def test_what_is_lacking_is_said_in_english_and_listed(made_up):
    own = yaml.safe_load((made_up / f"{CODE}.yaml").read_text(encoding="utf-8"))
    del own["work"]["halfway"]
    del own["one_minute"]
    (made_up / f"{CODE}.yaml").write_text(yaml.safe_dump(own), encoding="utf-8")
    assert phrases.lacking(CODE) == ("one_minute", "work.halfway")
    say = phrases.load(CODE)
    assert say("work.halfway") == "Halfway."
    assert say("work.two_more") == "⟦Two more.⟧"
    found = CliRunner().invoke(app, ["check", "quick", "--language", CODE])
    assert found.stdout.splitlines()[-1].startswith(
        "What the language 'xx' lacks is said in English: one_minute, work.halfway, pelvic_tilt, glute_bridge"
    )
    assert CliRunner().invoke(app, ["check", "quick"]).stdout == "quick: good\n"


def test_it_is_chosen_once_or_for_one_session(made_up):
    assert CliRunner().invoke(app, ["config", "set", "language", CODE]).exit_code == 0
    assert file.load().language == CODE
    ask = ["timeline", "quick", "--voice", "silent"]
    assert "⟦Ready.⟧" in CliRunner().invoke(app, ask).stdout
    assert "⟦" not in CliRunner().invoke(app, [*ask, "--language", "en"]).stdout
    unknown = CliRunner().invoke(app, [*ask, "--language", "yy"])
    assert isinstance(unknown.exception, UnknownName)


def test_a_voice_that_does_not_speak_it_is_not_taken(made_up):
    assert chain("auto", CODE) == ()
    with pytest.raises(VoiceUnavailable, match="does not speak 'xx'"):
        chain("natural", CODE)
    notices = []
    with Studio(Sounding(language=CODE), notices.append) as studio:
        assert not studio.kit.speech.audible
    (notice,) = notices
    assert notice.startswith("No voice here speaks 'xx': what the coach says is only shown. To hear English:")


def test_the_statistics_and_their_figures_are_told_in_it(made_up, monkeypatch, capsys):
    own = yaml.safe_load((made_up / f"{CODE}.yaml").read_text(encoding="utf-8"))
    own["numbers"] |= {"point": "⟦,⟧", "group": "⟦.⟧"}
    (made_up / f"{CODE}.yaml").write_text(yaml.safe_dump(own), encoding="utf-8")
    assert CliRunner().invoke(app, ["config", "set", "language", CODE]).exit_code == 0

    def shown(month, day):
        monkeypatch.setattr("sys.argv", ["voicecoach", "stats"])
        with suppress(SystemExit):
            main(FakeClock(datetime(2026, month, day, 17, tzinfo=UTC)))
        return capsys.readouterr().out

    assert shown(3, 17).startswith("⟦There is nothing to show yet")
    reach = Library.default().exercise("plank_front")
    hurt = [replace(each, exercise="⟦Reach⟧") for each in sets_of(reach, ending=Ending.HURT)]
    with Journal.open(store.file(), print) as journal:
        for day, worst in ((0, 4), (1, 4), (2, 4), (7, 3), (14, 2), (15, 2), (16, 2)):
            journal.begin(session_on(day, hurt, worst=worst, leg=Leg.NONE, after_leg=Leg.KNEE))
    told = shown(3, 18)
    assert not stray(told), told
    assert "⟦from 4⟦,⟧0 to 2⟦,⟧0⟧" in told
    assert counted(1234, "day", phrases.load(CODE)) == "⟦1⟦.⟧234 days⟧"
    assert shown(12, 1).startswith("⟦Your last session was on ⟦18 ⟦March⟧ 2026⟧.")
    assert not stray(shown(12, 1).replace("--weeks", ""))


def test_reasons_are_kept_without_words_and_told_in_it(made_up):
    say = phrases.load(CODE)
    sessions = [each for habit in ("flaring", "returning") for each in seeded.months(habit=habit)]
    decided = [decision for session in sessions for decision in session.decisions]
    for decision in decided:
        for told in (say.words(decision.reason), *map(say.words, decision.based_on)):
            assert not stray(told), told
    assert len({decision.reason.code for decision in decided}) >= 8
    with Journal.open(store.file(), print) as journal:
        journal.begin(sessions[-1])
        kept = journal.recent(sessions[-1].day)[-1].decisions
    assert kept == sessions[-1].decisions
    assert Phrases({}).tell(Message("reason.of_a_later_version", n=2)) == "reason.of_a_later_version"


def test_what_is_due_and_why_the_next_phase_may_begin_are_told_in_it(made_up):
    say, day = phrases.load(CODE), date(2026, 3, 2)
    phase, sore = Library.default().programme("back").phases[0], "calm-mini"
    plan = planned(phase.activities, {})
    nothing = dict.fromkeys([each.routine for each in phase.activities] + [sore], "")
    for ago, worst in ((0, 1), (1, 1), (1, 8), (30, 1)):
        sessions = [replace(session_on(0, worst=worst), routine=phase.activities[0].routine)]
        found = due(plan, day, sore, sessions, Today(day=day + timedelta(ago)))
        told = list(agenda(found, nothing, say))
        assert told
        assert not stray("".join(told)), told
    whys = (
        Message("gate.weeks", n=2),
        Message("gate.pain", n=1, pain=2),
        Message("gate.reached", n=3, routine=""),
    )
    for why in (*whys, Message("gate.leg", n=4)):
        assert not stray(say.tell(why)), why


def test_the_profile_is_asked_for_and_told_in_it(made_up):
    assert CliRunner().invoke(app, ["config", "set", "language", CODE]).exit_code == 0
    asked = CliRunner().invoke(app, ["profile", "--ask"], input="y\n" + "n\n" * 13 + "mat\n\nloud\nfull\n")
    told = asked.stdout + CliRunner().invoke(app, ["profile", "--no-caution"]).stdout
    told += CliRunner().invoke(app, ["profile", "--clear"]).stdout
    typed = r"\[\w+(/\w+)?\]: \w*|^  flex"
    assert told.count("⟦Which of these do you have?⟧⟧ [unknown]") == 1
    assert "⟦Answer auto, full, short.⟧" in told
    assert not [line for line in told.splitlines() if stray(re.sub(typed, "", line))]


@pytest.mark.parametrize("language", phrases.languages())
def test_every_language_fills_only_blanks_that_there_are(language):
    def blanks(entry):
        texts = entry if isinstance(entry, list) else [entry]
        return {
            blank.casefold() for text in texts for blank in re.findall(r"\{(\w+)(?::words)?\}", str(text))
        }

    def compare(own, english):
        for key, entry in own.items():
            if isinstance(entry, dict):
                compare(entry, english[key])
            elif key in english:
                assert blanks(entry) <= blanks(english[key]), key

    compare(phrases.entries(language), phrases.entries("en"))
