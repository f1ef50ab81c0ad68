"""Sessions after which there is one sentence and no praise."""

from dataclasses import replace
from typing import Any

from fakes.journal import MONDAY, session_on, sets_of
from naming import for_each

from voicecoach.journal.records import Leg
from voicecoach.language import phrases
from voicecoach.language.phrases import Message
from voicecoach.routine.instructions import AgreedPain, Instructions
from voicecoach.routine.model import Exercise
from voicecoach.routine.phase import Phase
from voicecoach.session.listener import Ending
from voicecoach.training.alarm import is_alarming, names_a_sign, sentence
from voicecoach.training.closing import Coming
from voicecoach.training.debrief import Aftermath, debrief

SAY = phrases.load()
SQUAT = Exercise(id="squat", name="Squat", rep=(Phase(name="lower", seconds=2.0),), reps=(8,))
KNEE = Instructions(
    by="Anna Berg, physiotherapist",
    stop=("The knee swells, locks or gives way.",),
    pain=AgreedPain(go=3, slow=5, stop=6),
)
RING = (
    "Ring Anna Berg before the next session, and at once if you notice this: "
    "The knee swells, locks or gives way."
)
NO_BETTER = "If it is no better tomorrow, ask a doctor or physiotherapist before the next session."
FORM = "Next time, end each set while your form is still good."
ALARMS: dict[str, dict[str, Any]] = {
    "pain where it was agreed to stop": {"pain": 5, "worst": 6},
    "pain far above what it was": {"pain": 1, "worst": 4},
    "pain of seven": {"pain": 2, "worst": 7},
    "the form was lost": {"form": False},
    "it was ended as it hurt": {"ending": Ending.HURT},
    "it was named": {"pain": 1, "worst": 3, "named": "squat"},
    "a sign is typed": {"comment": "Knee swollen."},
}
GOOD: dict[str, dict[str, Any]] = {
    "pain as agreed": {"pain": 0, "worst": 3},
    "nothing said": {"worst": None},
    "the form was good": {"form": True},
    "no sign is typed": {"comment": "Knee not swollen, no fever."},
}


def session(asked=KNEE, comment="", named=None, ending=Ending.DONE, **said):
    found = session_on(4, sets_of(SQUAT, ending=ending), **{"pain": 1, **said})
    return replace(found, instructions=asked, comment=comment, named=named)


def after(asked=KNEE, **said):
    """What the coach says after a session that reaches the goal of the week."""
    past = tuple(replace(session_on(day, pain=1, worst=1), id=day) for day in (-14, -12, -10, -7, 0, 2))
    known = Aftermath(
        session=session(asked, **said),
        past=past,
        names={"squat": "Squat"},
        goal=3,
        coming=Coming(day=MONDAY.replace(day=9), routine="core", name="Core", minutes=10),
    )
    told = replace(known, praise=Message("debrief.goal_reached"))
    return " ".join(map(SAY.tell, debrief(replace(known, told=told))))


@for_each(ALARMS)
def test_after_an_alarm_there_is_one_sentence_of_the_clinician_and_nothing_after_it(title):
    said = after(**ALARMS[title])
    assert said.endswith(RING), said
    assert said.count("Ring") == 1
    assert "goal" not in said
    assert "good" not in said


@for_each(ALARMS)
def test_without_a_clinician_it_says_whom_to_ask_or_what_to_do(title):
    said = after(Instructions(), **ALARMS[title])
    if title == "pain where it was agreed to stop":
        assert NO_BETTER not in said  # by our own rules that is as it was before
        return
    assert (FORM if "form" in title else NO_BETTER) in said
    assert "goal" not in said


@for_each(GOOD)
def test_otherwise_the_goal_is_told(title):
    said = after(**GOOD[title])
    assert "Your goal for this week is reached." in said
    assert "Ring" not in said


def test_agreed_pain_is_no_alarm():
    assert after(pain=0, worst=3).startswith(
        "Thank you. You agreed that three is fine, if it has gone by tomorrow"
    )
    much = after(pain=3, worst=4)
    assert much.startswith("Thank you. That was a little more pain than you agreed on, so next time it stays")
    assert "Ring" not in much
    assert after(pain=5, worst=6).startswith("Thank you. That was more pain than you agreed on")


def test_who_is_rung_is_named_as_far_as_is_known():
    for asked, ring in (
        (replace(KNEE, by="", stop=()), "Ring your physiotherapist before the next session."),
        (replace(KNEE, stop=()), "Ring Anna Berg before the next session."),
        (
            replace(KNEE, stop=("Fever.", "A swollen calf.")),
            "at once if you notice one of these: Fever. A swollen calf.",
        ),
    ):
        assert after(asked, pain=1, worst=7).endswith(ring)


def test_signs_written_without_a_full_stop_stay_apart():
    asked = Instructions(by="Anna Berg", stop=("The knee swells", "It locks!", "Calf hot"))
    assert SAY.tell(sentence(asked, only_form=False)).endswith("The knee swells. It locks! Calf hot.")


def test_what_already_sends_to_a_doctor_says_so_once():
    said = after(Instructions(), leg=Leg.NONE, after_leg=Leg.THIGH)
    assert said.count("doctor") == 1


SIGNS = {
    "My knee is swollen": True,
    "Knee SWOLLEN!": True,
    "it gave way on the stairs": True,
    "no swelling at all": False,
    "without any swelling, fine": False,
    "Not swollen today": False,
    "not bad, but swollen later on": True,
    "Locker room was cold": False,
    "": False,
}


@for_each(SIGNS)
def test_a_comment_may_name_a_sign(comment):
    assert names_a_sign(comment) is SIGNS[comment]
    assert is_alarming(session(comment=comment, worst=1), leg_rose=False) is SIGNS[comment]
