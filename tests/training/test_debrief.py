"""What the coach answers after the last question."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from fakes.journal import MONDAY, session_on
from naming import for_each

from voicecoach.journal.records import Agreed, Agreement, Asked, Felt, Leg
from voicecoach.language import phrases
from voicecoach.language.phrases import Message
from voicecoach.training.closing import Coming, Told, week
from voicecoach.training.debrief import Aftermath, debrief
from voicecoach.training.week_goal import WeekGoal

SAY = phrases.load()
DAY = 10
"""A Thursday, in the week after that of the sessions before."""


def on(day, **said):
    told = {key: said.pop(key) for key in ("named", "asked", "by_hand") if key in said}
    return replace(session_on(day, **said), id=day, **told)


BEFORE = [on(day, pain=3, worst=3) for day in (0, 2, 4, 8)]


def answered(*past, day=DAY, goal=0, coming=None, agreements=(), older=(), **said):
    """What is said after a session with these answers."""
    session = on(day, **{"pain": 3, "worst": 3, **said})
    names = {"bird_dog": "Bird dog"}
    after = Aftermath(
        session=session,
        past=past or BEFORE,
        names=names,
        older=older,
        goal=goal,
        coming=coming,
        agreements=agreements,
    )
    return " ".join(map(SAY.tell, debrief(after)))


def coming(day, routine="walk", **more):
    return Coming(day=MONDAY + timedelta(day), routine=routine, **{"name": "Walk", "minutes": 13, **more})


def test_what_the_end_of_the_session_told_is_not_said_again():
    again = coming(DAY + 1)
    session = on(DAY, pain=3, worst=3)
    for past, goal in (([], 0), ([*BEFORE[1:], on(9)], 3)):
        after = Aftermath(session=session, past=past, names={}, goal=goal, coming=again)
        said, told = debrief(after), debrief(replace(after, told=after))
        assert [each.code for each in said[1:]] == [
            "debrief.full_week" if past else "debrief.first",
            "debrief.next",
        ]
        assert told == said[:1]
    praise = Message("debrief.full_week")  # it waits until it is known how the session was
    assert debrief(replace(after, told=replace(after, praise=praise))) == (said[0], praise)
    # What the answers have changed is told, and what more there is today, which waits for the answers.
    before = replace(after, coming=coming(DAY))
    assert [each.code for each in debrief(replace(after, told=before))] == [said[0].code, "debrief.next"]
    assert debrief(replace(before, told=before))[-1].code == "debrief.today"


NO_BETTER = "If it is no better tomorrow, ask a doctor or physiotherapist before the next session."
MEANINGS: dict[str, dict[str, Any]] = {
    "It hurt about as much as before you began, so this was not too much.": {"worst": 4},
    "A little more pain, five at the worst, is all right if it has settled by tomorrow morning.": {
        "worst": 5
    },
    f"It hurt more than before, so next time there will be a little less. {NO_BETTER}": {"worst": 6},
    "Next time I will make Bird dog easier. If it hurts again within a week, I will put something else in its"
    f" place, or keep it as small as it gets. {NO_BETTER}": {"worst": 6, "named": "bird_dog"},
    "That was very hard, so next time there will be a little less.": {"worst": 4, "effort": 9},
    "No pain at all: good.": {"pain": 0, "worst": 0},
    "I have noted it.": {"pain": None},
    "What you feel in your leg went further down, so I will make it easier next time. If it stays there, ask"
    " a doctor or physiotherapist.": {"leg": Leg.NONE, "after_leg": Leg.THIGH},
    "It is moving up your leg. That is a good sign, even if your back is a little sorer for a while.": {
        "leg": Leg.CALF,
        "after_leg": Leg.BACK,
        "worst": 5,
    },
}


@for_each(MEANINGS)
def test_the_answers_mean_something(meaning):
    assert answered(**MEANINGS[meaning]) == f"Thank you. {meaning}"


AGREED = (Agreement(at=BEFORE[0].started - timedelta(7), said=Agreed.BEGIN),)
PACED: dict[str, dict[str, Any]] = {
    "It hurt more than before. Your pace stays as it is; when I ask again, you can choose a little less."
    f" {NO_BETTER}": {"worst": 6},
    "Bird dog: the same again next time, and you may stop early again. What hurts twice within a week is"
    f" replaced, or kept as small as it gets. {NO_BETTER}": {"worst": 6, "named": "bird_dog"},
    "That was very hard. Your pace stays as it is; when I ask again, you can choose a little less.": {
        "worst": 4,
        "effort": 9,
    },
    "It hurt about as much as before you began, so this was not too much. You did on a bad day what you do on"
    " a good one. That is what a pace is for.": {"pain": 9, "worst": 9},
    "What you feel in your leg went further down, so I will make it easier next time. If it stays there, ask"
    " a doctor or physiotherapist. Your weekly steps wait until your leg is as it was before. A week after"
    " that we go on.": {"leg": Leg.NONE, "after_leg": Leg.THIGH},
}


@for_each(PACED)
def test_with_an_agreed_pace_they_mean_that_it_stays(meaning):
    assert answered(agreements=AGREED, **PACED[meaning]) == f"Thank you. {meaning}"


def test_what_hurt_twice_within_a_week_is_not_promised_once_more():
    past = [*BEFORE, on(9, pain=3, worst=6, named="bird_dog")]
    for agreements in ((), AGREED):
        said = answered(*past, agreements=agreements, worst=6, named="bird_dog")
        assert "Bird dog hurt again, so for now I will put something else in its place" in said


def test_it_moved_up_since_the_last_session():
    past = [*BEFORE, on(9, pain=3, worst=3, leg=Leg.FOOT)]
    assert "moving up" in answered(*past, leg=Leg.KNEE)
    assert "moving up" not in answered(*past)
    assert "moving up" not in answered(*past, leg=Leg.KNEE, after_leg=Leg.FOOT)


def test_a_leg_in_which_it_stays_low_is_to_be_looked_at():
    low = [*BEFORE, *(on(day, pain=3, worst=3, leg=Leg.FOOT) for day in (8, 9))]
    assert "have a doctor or physiotherapist look at it." in answered(*low, leg=Leg.FOOT)
    assert "doctor" not in answered(*low, leg=Leg.KNEE)
    assert "doctor" not in answered(*low, leg=Leg.FOOT, after_leg=Leg.KNEE)


NEXT = {
    "Tomorrow: Walk, about thirteen minutes.": coming(11, "core"),
    "On Sunday: Walk, about one minute.": coming(13, minutes=1),
    "In nine days: Walk.": coming(19, minutes=0),
    "Still to come today, if you like: Walk.": coming(10),
    "Still to come today, if you like: the rest of Core, Walk and Daily stretch.": coming(
        10, stopped="Core", also=("Daily stretch",)
    ),
    "Walk again on Saturday, about thirteen minutes.": coming(12, again=True),
}


@for_each(NEXT)
def test_it_says_what_comes_next_and_when(said):
    assert answered(coming=NEXT[said]).endswith(f"too much. {said}")


def test_after_pain_nothing_more_is_asked_of_the_day():
    assert answered(coming=coming(10), worst=6, named="bird_dog").endswith(
        "That is enough for today. A walk is fine, if it feels good."
    )


WEEKS = {
    "that makes two of five days this week": Told(WeekGoal(2, 5)),
    "a beginning counts, too: that makes two of five days this week": Told(WeekGoal(2, 5), begun=True),
    "today had already counted, so it is still two of five days this week": Told(
        WeekGoal(2, 5), counted=True
    ),
    "today had already counted, so it is still five of five days this week": Told(
        WeekGoal(5, 5), counted=True, begun=True
    ),
    "today had already counted, so it is still one day of exercise this week": Told(
        WeekGoal(1, 0), counted=True
    ),
    "a beginning counts, too: that was your first session": Told(WeekGoal(1, 5), first=True, begun=True),
}


@for_each(WEEKS)
def test_a_day_counts_once_and_a_beginning_as_much_as_the_whole(said):
    assert SAY.words(week(WEEKS[said])) == said


def test_in_a_flare_it_says_how_far_it_is():
    past = [*BEFORE, on(9, pain=7, worst=7)]
    assert answered(*past, pain=6, worst=6, coming=coming(11)).endswith(
        "That was day two of three gentle days. On Saturday we start building up again."
    )
    past = [*BEFORE, on(9, pain=7, worst=7)]
    assert answered(*past, day=13, coming=coming(14)).endswith(
        "We are building up again. You will be doing all of it on Friday at the latest. Tomorrow: Walk, about"
        " thirteen minutes."
    )


SHORT = Asked(name="core", minutes=8)


def test_praise_has_its_reason_in_the_journal():
    assert answered(coming=None).endswith("too much."), "mostly there is none"
    session = on(DAY, pain=3, worst=3)
    first = debrief(Aftermath(session=session, past=[], names={}))
    assert SAY.tell(first[-1]) == "That was your first session."
    assert "You came back after fourteen days away. That counts." in answered(*BEFORE, day=23)
    assert "A short session counts as well." in answered(asked=SHORT)
    assert "short" not in answered(asked=SHORT, by_hand=True), "minutes were said, and not asked for"
    assert "You came although it was a sore day. That counts." in answered(pain=5, worst=5)
    assert "That was your first full week." in answered(*BEFORE[1:], on(9), goal=3)
    assert "full week" not in answered(*BEFORE[1:], on(9), goal=2), "it was reached yesterday"
    assert "full week" not in answered(*BEFORE, on(9), goal=3), "an earlier one was full"
    older = tuple(MONDAY - timedelta(day) for day in (202, 201, 198))
    assert "full week" not in answered(*BEFORE[1:], on(9), goal=3, older=older), "long ago, too"
    back = debrief(Aftermath(session=session, past=[], names={}, older=older))
    assert SAY.tell(back[-1]) == "You came back after two hundred seven days away. That counts."
    flare = [*BEFORE, on(9, pain=8, worst=8), *(on(day, pain=3, worst=3) for day in (11, 12))]
    assert "The sore days are over, and you have kept moving." in answered(*flare, day=13)
    better = [on(day, pain=4) for day in (0, 2, 4)] + [on(day, pain=2) for day in (14, 16)]
    assert "Your pain before exercise has come down in two weeks, from four to two." in answered(
        *better, day=18, pain=2, worst=2
    )
    assert "come down" not in answered(*better, day=18, pain=7, worst=7)


def test_silence_is_answered_the_third_time():
    silent = [replace(on(day), after=Felt()) for day in (8, 9)]
    nothing = {"worst": None, "effort": None}
    assert (
        answered(*BEFORE, *silent, **nothing)
        == "Without your answers I leave everything as it is. One key each is enough."
    )
    assert answered(*BEFORE, *silent[:1], **nothing) == ""
    assert answered(*BEFORE, *silent, worst=None, effort=4) == ""
