"""The page that plays a session: its score, and that nothing in it is more than text."""

import base64
import hashlib
import json
import math
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fakes.speech import SOUNDS, LetterSpeech
from golden import assert_golden
from html_tree import parsed

from voicecoach.app import prepare
from voicecoach.app.page import LARGEST, left, player_of
from voicecoach.display.figure import figure_at
from voicecoach.display.moment import Moment, scene_of
from voicecoach.display.readout import rep
from voicecoach.display.scene import FigureShown
from voicecoach.language import phrases
from voicecoach.language.speech_length import DEFAULT_WPM, EstimatedSpeech
from voicecoach.pages import player
from voicecoach.pages.player import length_of_sound
from voicecoach.routine.profile import Profile
from voicecoach.session.edits import shortened
from voicecoach.session.listener import Position
from voicecoach.timeline.compile import compile_all, reply_segment
from voicecoach.timeline.expand import Settings
from voicecoach.timeline.medium import Medium
from voicecoach.timeline.segment import Speak
from voicecoach.timeline.speech_track import Kit
from voicecoach.timeline.steps import Hurt, works
from voicecoach.units import format_clock, frames, seconds

DAY = date(2026, 12, 1)
SAY = phrases.load()
MINE = """
name: Mine
about: For the stairs.
steps:
  - exercise: Step
    position: [Stand on your {side} leg.]
    movement: Step up.
    dose: 2 each side
    tempo: 1-1-1
  - rest: 10s
  - wait: Fetch a towel.
  - exercise: Reach
    movement: Reach up.
    posture: standing
    dose: 2x2
    pace: self
"""
HOSTILE = """</script><script>alert(1)</script><!-- ]]> 'b' " & é"""


def session_of(text: str, tmp_path: Path) -> prepare.PreparedSession:
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    return prepare.session_for(Profile(), str(path), Settings(delay=0.0), DEFAULT_WPM)


def player_for(session: prepare.PreparedSession, *, wordy: bool = True) -> player.PlayerPage:
    """Return the contents of a page without sounds; they are ``wordy`` with a voice that speaks at a pace."""
    speech = EstimatedSpeech(DEFAULT_WPM) if wordy else LetterSpeech(seconds_per_letter=0.02)
    kit = Kit(speech, SOUNDS, SAY, medium=Medium.PAGE)
    steps = shortened(session.steps)
    found = player_of(session, compile_all(steps, kit), steps, "en", DAY, drawn=True)
    return replace(found, left=left(steps, kit)[0], delay=0.046)


def score_of(html: str) -> dict:
    found = re.search(r'<script type="application/json" id="score">(.*?)</script>', html, re.DOTALL)
    assert found
    return json.loads(found[1])


@pytest.fixture(scope="module")
def mine(tmp_path_factory):
    return player_for(session_of(MINE, tmp_path_factory.mktemp("mine")), wordy=False)


@pytest.fixture(scope="module")
def core():
    return player_for(prepare.session_for(Profile(), "core", Settings(delay=0.0), DEFAULT_WPM))


def test_the_score_of_a_small_routine(mine):
    told = score_of(player.page(mine))
    for name in ("words", "welcome", "stop", "questions", "key"):
        del told[name]
    lines = (f"{json.dumps(name)}: {_in_lines(each)}" for name, each in told.items())
    assert_golden(Path(__file__).with_name("page_score.json"), "{\n" + ",\n".join(lines) + "\n}\n")


def _in_lines(value):
    if not isinstance(value, list) or not value or not isinstance(value[0], dict | list):
        return json.dumps(value, ensure_ascii=False)
    return "[\n  " + ",\n  ".join(json.dumps(each, ensure_ascii=False) for each in value) + "\n]"


def test_the_same_session_makes_the_same_page_and_another_one_another_key(mine, core):
    assert player.page(mine) == player.page(replace(mine))
    later = replace(mine, delay=0.05)
    keys = {score_of(player.page(each))["key"] for each in (mine, later, core)}
    assert len(keys) == 3


def test_only_the_script_and_the_styles_of_the_page_may_act(core):
    html = player.page(replace(core, sound=b"ID3", reply_sound=b"ID3"))
    root = parsed(html)
    policy = next(each.attributes["content"] for each in root.all("meta") if "http-equiv" in each.attributes)
    acting = [each for each in root.all("script") if "type" not in each.attributes]
    for kind, elements in (("script-src", acting), ("style-src", [*root.all("style")])):
        (text,) = ["".join(each.children) for each in elements]
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind} 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    without = re.sub(r"<script.*?</script>", "", html, flags=re.DOTALL)
    assert not re.search(r"<[^>]+ (style|on[a-z]+)=", without)
    assert re.findall(r'\b(?:src|href)="(?!data:)', without) == []


def test_all_that_somebody_wrote_is_text(tmp_path):
    text = MINE
    for each in ("Mine", "Fetch a towel.", "Step up.", "Reach", "For the stairs."):
        text = text.replace(each, json.dumps(HOSTILE), 1)
    html = player.page(player_for(session_of(text, tmp_path), wordy=False))
    root, told = parsed(html), score_of(html)
    assert told["title"] == HOSTILE
    assert told["exercises"][-1]["title"] == HOSTILE
    assert len([*root.all("script")]) == html.count("<script") == html.count("</script") == 3
    assert next(root.all("title")).words == HOSTILE


def test_when_to_stop_begins_with_the_signs_of_an_emergency(mine):
    told = score_of(player.page(mine))
    assert told["stop"][0]["points"] == told["welcome"]["emergency"]["points"]
    assert "Stop the session" in [each["title"] for each in told["stop"]]


def test_a_page_is_small_beside_its_sound(core):
    """With a voice at the usual pace, whatever it says; the sound of a short session has a lower rate."""
    quick = player_for(prepare.session_for(Profile(), "quick", Settings(delay=0.0), DEFAULT_WPM))
    for contents, rate in ((quick, 40), (core, 48)):
        length = seconds(contents.score.frames)
        said = length_of_sound(24, 50.0) + length_of_sound(rate, length)
        size = len(player.page(contents).encode()) + said
        assert size <= LARGEST * length, f"{contents.sheet.name}: {size / length:.0f} bytes a second"


def test_every_sentence_is_heard_when_it_stands_in_the_timeline(core):
    said = [
        [round(frame / 48_000 + 0.046, 3), event.text]
        for frame, _, event in core.score.events()
        if isinstance(event, Speak)
    ]
    assert [[at, text] for at, _, text in score_of(player.page(core))["said"]] == said


def test_it_shows_and_counts_what_the_full_screen_does(core, mine):
    """At every half second of a session: the scene that began last, and the number until its end."""
    for contents in (core, mine):
        told = score_of(player.page(contents))["moments"]
        for start, segment in contents.score.starts():
            for frame in range(0, segment.frames, frames(0.5)):
                position = Position(segment, frame, 0, 0)
                scene = scene_of(Moment(contents.script, position), SAY)
                at = (start + frame) / frames(1) + 0.046
                shown = [each for each in told if each["at"] <= at + 0.001][-1]
                assert (shown["title"] if scene.title else "", shown["word"]) == (scene.title, scene.word)
                assert shown.get("which", "") == rep(scene.rep, scene.reps, scene.unit, SAY)
                assert shown["mode"] == scene.mode.name.lower()
                if scene.count and "until" in shown:
                    left_over = max(math.ceil(round(shown["until"] - at, 3)), 0)
                    assert (format_clock(left_over) if shown.get("clock") else str(left_over)) == scene.count
                else:
                    assert not scene.count


def test_the_figure_on_the_page_is_the_one_of_the_full_screen(core):
    figures = score_of(player.page(core))["shown"]
    compared = 0
    for start, segment in core.score.starts():
        for frame in range(frames(0.3), segment.frames, frames(1.7)):
            at = (start + frame) / frames(1) + 0.046
            seen = figure_at(Position(segment, frame, 0, 0), core.script, FigureShown.ON, frame)
            shown = next((each for each in figures if each["at"] <= at < each["to"]), None)
            assert (seen is None) == (shown is None)
            if seen is None or shown is None or seen.stop < 0:
                continue
            gone = (at - shown["at"]) / (shown["to"] - shown["at"])
            picture = shown["svg_at"] + gone * (shown["svg_to"] - shown["svg_at"])
            motion = seen.drawing.motion
            turn = motion.seconds if seen.exchanged else 0.0
            begun = sum(each.seconds for each in motion.stops[: seen.stop])
            share = 1.0 if motion.stays(seen.stop) else seen.share
            there = turn + begun + share * motion.stops[seen.stop].seconds
            assert picture == pytest.approx(there, abs=0.03)
            assert shown.get("flipped", False) == seen.flipped
            compared += 1
    assert compared > 50


def test_what_hurts_is_answered_as_live_and_left_for_the_next_exercise(mine):
    told = score_of(player.page(mine))
    kit = Kit(LetterSpeech(seconds_per_letter=0.02), SOUNDS, SAY)
    for each in told["hurts"]:
        exercise = next(
            step.exercise for step in works(mine.script.steps) if step.exercise.key == each["exercise"]
        )
        last = exercise.name == "Reach"
        stop = Hurt(block=0, title="", exercise=exercise, goes_on=not last)
        said = [event.text for event in reply_segment(0, stop, kit).events if isinstance(event, Speak)]
        assert [text for *_, text in told["replies"][each["reply"]]] == said
        begins = next(place["at"] for place in told["moments"] if place["mode"] == "end")
        assert (each["goes_on"] == begins) is last
