"""What the coach tells of a plan when a session begins."""

from dataclasses import replace

import pytest

from voicecoach.journal.records import Decision, DoseChange
from voicecoach.language import phrases
from voicecoach.language.phrases import Message
from voicecoach.routine.dose import Dose
from voicecoach.routine.model import Exercise
from voicecoach.training.news import news as news_of
from voicecoach.training.news import read_out

NAMES = {"a": "Bridge", "b": "Plank", "c": "Walk"}


def news(decisions, names):
    return tuple(map(phrases.load().tell, news_of(decisions, names)))


def decided(*changes):
    return [
        Decision(
            written=key,
            exercise=key,
            dose=Dose(reps=(8,)),
            change=change,
            reason=Message.verbatim(f"It is {change}."),
        )
        for key, change in zip(NAMES, changes, strict=False)
    ]


@pytest.mark.parametrize(
    "change", [each for each in DoseChange if each not in {DoseChange.START, DoseChange.HOLD}]
)
def test_every_change_is_told(change):
    assert news(decided(change), NAMES) == (f"Bridge. It is {change}.",)


def test_news_name_what_is_done_unless_the_reason_names_it():
    (more,) = decided(DoseChange.ADVANCE)
    easier = Message("reason.red_easier", why=Message("reason.hurt"), name="Low bridge")
    tell = phrases.load().tell
    for decision, expected in (
        (replace(more, exercise="low"), "Low bridge. It is advance."),
        (replace(more, exercise="low", reason=easier), "Bridge. It hurt last time, so Low bridge today."),
    ):
        (told,) = news_of([decision], NAMES, {"low": Exercise(name="Low bridge")})
        assert tell(told) == expected


def test_what_begins_or_stays_is_no_news():
    assert news(decided(DoseChange.START, DoseChange.HOLD), NAMES) == ()


def test_what_holds_for_many_is_told_once():
    easy = decided(DoseChange.DELOAD, DoseChange.DELOAD, DoseChange.DELOAD)
    assert news(easy[:2], NAMES) == ("Bridge. It is deload.", "Plank. It is deload.")
    assert news(easy, NAMES) == ("An easy week: there is less in three exercises.",)
    flare = decided(DoseChange.FLARE, DoseChange.FLARE, DoseChange.FLARE)
    assert news(flare, NAMES) == ("On sore days less is enough: there is less in three exercises.",)
    half = [replace(each, reason=Message("reason.flare_half", dose="4")) for each in flare]
    assert news(half, NAMES) == ("We are building up again: half as much as usual in three exercises.",)
    gap = decided(DoseChange.LAY_OFF, DoseChange.LAY_OFF, DoseChange.LAY_OFF)
    assert news(gap, NAMES) == ("Good to have you back. To ease in, there is less in three exercises.",)
    pause = Message("reason.both", first=Message("reason.pause", less="one rep fewer"), last="")
    alone = [replace(each, reason=pause) for each in gap]
    assert news(alone, NAMES) == ("It has been a while. To ease in, there is less in three exercises.",)
    three = decided(DoseChange.ADVANCE, DoseChange.ADVANCE, DoseChange.REMOVE)
    assert len(news(three, NAMES)) == 3, "each for its own reason"


def heard(changes, *, without=()):
    """What is read out of changes to as many exercises, all of them done but those ``without``."""
    names = {key: key.upper() for key in "abcdefgh"[: len(changes)]}
    decisions = [
        Decision(
            written=key,
            exercise=key,
            dose=Dose(reps=(8,)),
            change=change,
            reason=Message.verbatim("It is so."),
        )
        for key, change in zip(names, changes, strict=True)
    ]
    removed = {each.written for each in decisions if each.leaves_out}
    done = {key: Exercise(name=names[key]) for key in names if key not in {*without, *removed}}
    return [phrases.load().tell(each) for each in read_out(decisions, names, done)]


MORE, LESS, OUT = DoseChange.ADVANCE, DoseChange.REGRESS, DoseChange.REMOVE


@pytest.mark.parametrize(
    ("changes", "others"),
    [
        ([MORE, LESS], []),
        ([MORE, LESS, LESS], ["And there is less of one other."]),
        ([MORE, MORE, *[LESS] * 5], ["And there is less of five others."]),
        ([LESS, LESS, MORE, MORE], ["And there is more of two others."]),
        ([LESS, LESS, MORE, LESS, LESS], ["And three more changes."]),
        ([LESS, LESS, LESS, DoseChange.CHOSEN], ["And two more changes."]),
        ([DoseChange.FLARE] * 4 + [LESS, LESS], ["And there is less of one other."]),
    ],
)
def test_two_changes_are_read_out_and_the_others_are_counted(changes, others):
    said = heard(changes)
    assert len(said) == 2 + len(others)
    assert said[2:] == others


def test_what_is_left_out_is_told_first_and_nothing_of_what_is_not_done():
    assert heard([MORE, LESS, OUT])[0] == "C. It is so."
    assert heard([MORE, LESS, LESS, OUT], without="bc") == ["A. It is so."]
    assert heard([MORE, LESS, LESS], without="a") == ["B. It is so.", "C. It is so."]
