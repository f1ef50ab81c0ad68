"""What a person may say to the coach: each phrase means one command, and the coach says nothing like it."""

import re
from collections import Counter
from itertools import chain

from voicecoach import paths
from voicecoach.language import phrases, tables
from voicecoach.session.commands import TABLE, WARY, Command, spoken

SAY = phrases.load()
TAUGHT = {
    *("pause please", "go on", "next exercise", "go back", "repeat that", "explain again", "slower please"),
    *("faster please", "easier please", "harder please", "more rest", "skip the rest", "louder please"),
    *("softer please", "I'm ready", "that hurts", "stop the session"),
}
"""What the coach names when it tells what to say; "I'm done" is as good as "I'm ready"."""
MEANT = {
    "I'm done": Command.READY,
    "ready": Command.READY,
    "pause": Command.PAUSE,
    "stop": Command.STOP,
    "this hurts": Command.HURTS,
    "slower": Command.SLOWER,
    "continue": Command.RESUME,
    "that's too hard": Command.EASIER,
}
UNSAFE = {"hold on", "one more", "done"}
"""What is too near to "Hold", "Two more" and "And done", which the coach says all the time."""
SHOWN = {
    *("spoken", "command", "keys", "page", "plain", "prescribed", "profile", "report", "screen", "sheet"),
    *("no_words", "written"),
}
"""Parts of the phrases that the coach does not say."""
SAID_AS_WELL = {"pause": "pause", "ready": "ready", "slower": "lower", "stop": "top"}
"""What is obeyed although it is like words of the coach, as everybody tries it. The sound of the coach is
taken out of what is heard, and a slip costs little: "Ready" means nothing before a set, and no shipped
routine has a phase called "top".
"""


def plain(text):
    return " ".join(re.findall(r"[\w']+", text.lower()))


def nearly(text):
    """``text``, and what is left of it without any one letter, if it is not short."""
    return {text, *(text[:at] + text[at + 1 :] for at in range(len(text)) if len(text) > 3)}


def texts(data):
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        yield from chain.from_iterable(map(texts, data.values() if isinstance(data, dict) else data))


def said_by_the_coach():
    """The short sentences of the phrases, and of the shipped routines and exercises, with their phases."""
    folder = paths.shipped("routines")
    files = [*folder.glob("*.yaml"), *folder.glob("exercises/en/*.yaml"), folder / "phrases/phases.en.yaml"]
    data = [each for part, each in phrases.entries("en").items() if part not in SHOWN]
    whole = texts([*data, *map(tables.read, files)])
    sentences = {plain(each) for text in whole for each in (text, *re.split(r"[.!?]\s", text))}
    return {each for each in sentences if len(each) < 30}


def test_every_command_that_can_be_spoken_has_words_of_its_own():
    words = phrases.entries("en")["spoken"]["commands"]
    assert {*words} == {row.command for row in TABLE if row.spoken}
    counted = Counter(plain(each) for each in chain(*words.values()))
    assert [each for each, times in counted.items() if times > 1] == []
    assert spoken(SAY) == {each: command for command in words for each in words[command]}


def test_those_that_are_taught_come_first():
    found = spoken(SAY)
    taught = list(found)[: len({*found.values()})]
    assert len({found[each] for each in taught}) == len(taught)
    assert {*taught} >= TAUGHT
    assert {each: found.get(each) for each in MEANT} == MEANT
    assert UNSAFE.isdisjoint(found)
    assert {found[each] for each in ("that hurts", "stop the session")} == WARY


def test_the_coach_says_nothing_like_them():
    near = {part: each for each in said_by_the_coach() for part in nearly(each)}
    like = {each: near[part] for each in map(plain, spoken(SAY)) for part in nearly(each) if part in near}
    assert like == SAID_AS_WELL
