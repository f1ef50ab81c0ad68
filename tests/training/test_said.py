"""Every sentence with which the rules speak to a person, with typical values in it: ``cases/said.txt``.

None is missing and none is left over: the names of the phrases are compared with those in the source.

After a wanted change run ``VOICECOACH_GOLDEN=write pytest tests/training/test_said.py`` and read what changed
as a person exercising would: no blame, no figure that means nothing, and nothing spoken that names a command.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from naming import naming
from phrase_names import ANY, Source

from voicecoach import app, training
from voicecoach.language import phrases
from voicecoach.language.phrases import capitalised
from voicecoach.routine.region import Region

SAID = Path(__file__).parent / "cases" / "said.txt"
SPOKEN = (
    *("reason", "amount", "step", "news", "red", "emergency", "debrief", "ahead", "barrier", "ask", "person"),
    *(
        "caution",
        "swap",
        "intro",
        "outro",
        "again",
        "review",
        "weak",
        "unsuited",
        "demo",
        "hurt",
        "variation",
        "load",
        "earned",
        "ago",
        "closing",
        "sound",
        "doubt",
        "lesson",
        "alarm",
        "instructions",
        "region",
    ),
)
SHOWN = (
    "agenda",
    "gate",
    "pace",
    "based_on",
    "go_on",
    "home",
    "summary",
    "unkept",
    "back",
    "phase_called",
    "prescribed",
    "hearing",
    "listening",
)
"""Groups of phrases that are only read, most in ``today`` and ``plan``, where a command may be named."""
PARTS = {"date", "letter", "page", "spoken"}
"""What is used besides: inside of these, on a page of its own, or said by the person."""
NUMBERS = {"n": 3, "days": 9, "worst": 4, "then": 3, "now": 2, "pain": 4, "effort": 5, "seconds": 60} | (
    dict.fromkeys(["sets", "of"], 3) | dict.fromkeys(["reps", "number", "hold", "after"], 8)
)
VALUES = {
    "name": "Bird dog",
    "side": "right",
    "names": "Bird dog and Curl-up",
    "why": "it hurt last time",
    "good": "it went well the last two times",
    "less": "one rep fewer",
    "more": "one more rep",
    "dose": "six, four and two holds of eight seconds",
    "first": "Back to Bird dog.",
    "last": "An easy week: five reps.",
    "reason": "New: we begin with eight reps.",
    "said": "That was your first session.",
    "day": "on Friday",
    "routine": "Core three (21 min)",
    "routines": "Core three (21 min)",
    "waits": "After ten days away, the weekly steps wait.",
    "cautions": "hip_new",
    "remedies": "{hip_new: ...}",
    "wanted": "Core three",
    "level": "low step",
    "count": "two",
    "goal": "five",
    "phrases": "pause please, go on or stop the session",
    "minutes": "ten minutes",
    "what": "Core three",
    "about": "about ten minutes",
    "load": "four kilos",
    "before": "two kilos",
    "done": "three",
    "praise": "This week's goal is reached.",
    "named": "Mon, Wed, Fri",
    "weekday": "Friday",
    "date": "12 March",
    "key": "a",
    "phase": "the recovery phase",
    "coming": "the strength phase",
    "counts": "six, four and two",
    "when": "in March",
    "month": "March",
    "part": "knee",
    "by": "Anna Berg, physiotherapist,",
    "region": "knee",
    "loads": "four kilos",
    "things": "a mat and a chair",
    "exercise": "Curl-up",
    "instead": "Curl-up",
    "change": "one more rep",
    "steps": "two weeks of two done, and two good sessions in a row: one so far",
}
"""Typical values; any other blank is filled with its own name."""
REVIEWED = (("two_weeks", 2), ("six_weeks", 6), ("twelve_weeks", 12), ("later", 18))
OF_ONE: dict[str, dict[str, Any]] = {
    "reason.held": {"why": "it went well, so we repeat it before there is more"},
    **{key: {"why": "the sore days are over"} for key in ("reason.now", "reason.again", "reason.instead")},
    "reason.capped": {"why": "You chose eight reps."},
    "swap.instead": {"reason": "your back is very sore now"},
    "swap.left_out": {"reason": "your back is very sore now"},
    "barrier.note": {"what": "no time"},
    "step.load_and": {"load": "four kilos now instead of two kilos", "sets": "three reps fewer"},
    "red.plan": {"days": 3, "n": 2, "whole": "in nine days"},
    **{key: {"days": 3, "n": 2} for key in ("red.pain", "debrief.calm")},
    "debrief.back": {"n": 9},
    "swap.many": {"n": "five"},
    "intro.resume_set": {"name": "Core three", "n": "two", "sets": "five"},
    "again.shown": {"coming": "build", "phase": "restore"},
    "gate.proposal": {"why": "you trained in three weeks of this phase", "go": "build", "stay": "restore"},
    "summary.sets": {"n": "12", "sets": "12"},
    "summary.days_of": {"n": "3", "days": "5 days"},
    "summary.days": {"days": "3 days"},
    **{f"closing.{key}": {"ended": "done after ten minutes"} for key in ("both", "whole")},
    **{
        f"closing.{key}": {"what": "that makes three of five days this week"}
        for key in ("counts", "part_counts")
    },
    "closing.in_part": {"said": "that makes three of five days this week"},
    **{f"closing.{key}": {"name": "Core three"} for key in ("routine", "routine_none")},
    "agenda.routine": {"what": "Core three: 2 of 3 days this week"},
    "agenda.routine_days": {"name": "Core three", "done": 2},
    "agenda.routine_part": {"said": "Core three: 2 of 4 days this week"},
    "agenda.times": {"what": "Today: Core three (21 min)", "times": "twice"},
    "agenda.times_a_day": {"times": "twice", "week": "5 days a week: Mon, Tue, Wed, Thu, Fri"},
    "agenda.times_at": {"times": "twice", "at": "8:00 and 18:00", "week": "every day"},
    "agenda.at": {"time": "7:30", "week": "every day"},
    "agenda.n_times": {"n": "five"},
    "closing.today": {"what": "the rest of Quick and Walk"},
    **{f"home.{key}": {"when": "yesterday"} for key in ("hurt", "hurt_many", "sore")},
    **{f"home.{key}": {"what": "Bird dog hurt yesterday"} for key in ("rest", "nothing")},
    "closing.part": {"ended": "stopped after ten minutes", "done": 2},
    "closing.sentence": {"what": "done after ten minutes: all twelve sets"},
    "closing.better": {
        "what": "done after ten minutes: all twelve sets",
        "more": "more than last time in Bird dog",
    },
    "closing.and": {
        "first": "that makes three of five days this week",
        "next": "next is Core three, tomorrow",
    },
    **{f"closing.{key}": {"minutes": 600} for key in ("done", "stopped")},
    **{f"closing.week_{key}": {"of": 5} for key in ("goal", "more", "still")},
    "go_on.left": {"name": "Core three", "until": "05:10"},
    "go_on.told": {"name": "Core three", "what": "go on with Core three: set 2 of 5, 6 minutes left"},
    "go_on.goes_on": {"name": "Core three", "n": "2", "sets": "5", "minutes": "6 minutes"},
    **{f"go_on.{key}": {"name": "Core three"} for key in ("was", "after_pain", "anew")},
    "go_on.other": {"name": "Calm mini"},
    **{key: {"name": "Core three"} for key in ("intro.name", "intro.resume")},
    **{f"outro.{key}": {"name": "Core three"} for key in ("done", "done_one", "done_plain")},
    "red.instead": {"name": "Calm mini"},
    **{f"load.{unit}.tenths": {"tenths": "four"} for unit in ("kg", "lb")},
    **{f"review.{key}": {"n": weeks} for key, weeks in REVIEWED},
    "alarm.ring": {"who": "Anna Berg"},
    "alarm.ring_signs": {"who": "Anna Berg", "signs": "The knee swells, locks or gives way."},
    **{f"instructions.{key}": {"name": "Anna Berg", "day": "20 March"} for key in ("by", "by_on")},
    "instructions.until": {"day": "28 March"},
    "ask.lifted": {"day": "28 March"},
    "instructions.goal": {"goal": "Run five kilometres without pain."},
    **{
        f"instructions.{key}": {"name": "Anna Berg", "what": "do not cross your legs", "n": "three"}
        for key in ("reminder", "reminder_nameless", "more_precautions")
    },
    **{
        f"instructions.{key}": {"name": "Anna Berg", "what": "the knee swells", "n": "three"}
        for key in ("reminder_stop", "reminder_stop_nameless", "more_signs")
    },
    "instructions.precautions": {"n": "three"},
    **{
        f"instructions.pain.{key}": {"n": "three"}
        for key in ("go", "go_morning", "slow", "slow_alone", "stop")
    },
    "prescribed.by": {"by": "Anna Berg, physiotherapist"},
    "prescribed.patient": {"patient": "a patient of 68"},
    **{f"prescribed.precautions_{key}": {"day": "28 March 2026"} for key in ("until", "ended")},
    "prescribed.levels": {"levels": "up to 3 of 10: fine; 6 or more: stop"},
    "pace.measuring": {"n": 2},
    **{f"variation.{key}": {"name": "Curl-up"} for key in ("easier_one", "harder_one", "back")},
    **{f"variation.{key}": {"text": "lift only halfway."} for key in ("easier", "harder")},
    "earned.heavier": {"when": "on Friday"},
    **{f"earned.{key}": {"when": "on Friday"} for key in ("more", "more_each")},
    **{f"earned.{key}": {"when": "last week"} for key in ("longer", "longer_each", "longer_hold")},
    "earned.too": {"what": "two more than on Friday."},
    "agenda.by_hand": {"command": "voicecoach log walk --minutes 12"},
    "ask.one": {"key": "1"},
    "ask.place": {"n": "2", "of": "5", "question": "How hard was it?"},
    **{f"home.{key}": {"minutes": "10 minutes"} for key in ("due", "try", "again", "routine")},
    "home.first": {"key": "1"},
    "ask.go_on": {"what": "begin Core three anew"},
    **{f"region.{region}.{key}": {"when": "on 12 March"} for region in Region for key in ("still", "holds")},
    "weak.waits": {"routine": "Core three"},
    "weak.instead": {"calm": "calm-mini"},
    "amount.sets": {"work": "eight reps"},
    "amount.loaded": {"dose": "eight reps"},
    "amount.held": {"dose": "eight reps"},
    "person.thing": {"key": "1", "thing": "a mat"},
    "based_on.session": {
        "day": "2026-03-02",
        "dose": "6-4-2 x 8s",
        "said": "went well, effort 5, worst pain 1",
    },
    "based_on.other": {"done": "18m", "dose": "20m"},
    **{key: {"dose": "20m"} for key in ("based_on.nothing", "based_on.changed")},
    "gate.and": {"first": "two weeks of two done", "last": "two good sessions in a row"},
    **{key: {"what": "two good sessions in a row"} for key in ("gate.so_far", "gate.met")},
    "gate.often": {"what": "three days in a row with pain at 4 or below, or as usual for you"},
    "gate.weeks_of": {"what": "two weeks"},
    "step.load": {"after": "four kilos"},
    **{key: {"count": "two of five this week"} for key in ("agenda.today", "agenda.also")},
    **{key: {"days": "three days"} for key in ("agenda.week", "agenda.week_apart", "agenda.week_far_apart")},
}
"""Values of one phrase only."""
BAD = re.compile(
    r"\b(green|amber|red|rises|goes? from|you (failed|should have|did not)|effort \d|\d+-\d+|\d x \d|"
    r"the last time|target|level|regress|advance|zone|doses?)\b",
    re.IGNORECASE,
)
COMMAND = re.compile(r"voicecoach|'plan|--\w|\bcommand\b")
FIGURE = re.compile(r"\b\d+\b(?! March)")
"""Numbers are spoken as words, but for days of a month."""
NAMES_A_KEY = {"ask.one", "ask.rest_shown", "ask.place", "person.thing"}
NAMES_A_COMMAND = {
    "again.shown",
    "barrier.forgot.shown",
    *(f"region.{region}.briefly" for region in Region),
    "red.more",
    "red.more_of",
    "weak.answer",
    "weak.answer_for",
    "weak.instead",
}
"""What is only shown, among what is spoken."""


class Filled(Formatter):
    """Fills each blank with a typical value."""

    def __init__(self, phrase: str, n: int) -> None:
        self.say, self.own, self.n = phrases.load(), OF_ONE.get(phrase, {}), n

    def get_value(self, key: int | str, args: Any, kwargs: Any) -> Any:
        name = str(key)
        if name.lower() not in self.own and name.lower() in NUMBERS:
            return self.n if name.lower() == "n" else NUMBERS[name.lower()]
        text = self.own.get(name.lower()) or VALUES.get(name.lower(), name)
        return capitalised(text) if name[0].isupper() else text

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, int) and format_spec in {"words", "time"}:
            return self.say.number(value) if format_spec == "words" else self.say.time(value)
        return str(value)


def sentences(entries: Mapping[str, Any], above: str) -> Iterator[tuple[str, str]]:
    """Every phrase below ``above`` with its name."""
    for key, entry in entries.items():
        if isinstance(entry, Mapping):
            yield from sentences(entry, f"{above}.{key}")
            continue
        texts = entry if isinstance(entry, list) else [entry]
        for turn, text in enumerate(texts):
            filled = Filled(f"{above}.{key}", 1 if len(texts) > 1 and turn == 0 else 3)
            yield f"{above}.{key}", capitalised(" ".join(filled.format(text).split()))


def test_every_sentence_is_one_for_a_person():
    english = phrases.entries(phrases.ENGLISH)
    said = [pair for group in (*SPOKEN, *SHOWN) for pair in sentences(english[group], group)]
    text = "".join(f"{name}\n    {sentence}\n" for name, sentence in said)
    if os.environ.get("VOICECOACH_GOLDEN") == "write":
        SAID.write_text(text, encoding="utf-8")
    assert text == SAID.read_text(encoding="utf-8")
    for name, sentence in said:
        with naming(name):
            if name.split(".")[0] in SPOKEN:
                assert not BAD.search(sentence), sentence
                assert name in NAMES_A_KEY or not FIGURE.search(sentence), sentence
                assert name in NAMES_A_COMMAND or not COMMAND.search(sentence), sentence


@pytest.mark.parametrize("rules", [training, app], ids=lambda each: each.__name__)
def test_the_rules_speak_from_no_other_group(rules):
    groups = [name for name, entry in phrases.entries(phrases.ENGLISH).items() if isinstance(entry, Mapping)]
    used = {name.split(".")[0] for name in Source(Path(rules.__file__).parent).names(groups)}
    assert used
    assert used <= {*SPOKEN, *SHOWN, *PARTS}


def test_every_phrase_is_said_and_everything_that_is_said_has_a_phrase():
    english, groups = phrases.entries(phrases.ENGLISH), (*SPOKEN, *SHOWN)
    there = {name for group in groups for name, _ in sentences(english[group], group)}
    used = Source(Path(training.__file__).parent.parent).names(groups)
    patterns = [re.compile(re.escape(each).replace(re.escape(ANY), r"\w+")) for each in used if ANY in each]
    assert {each for each in used if ANY not in each} <= there
    assert not {each for each in there - used if not any(pattern.fullmatch(each) for pattern in patterns)}
