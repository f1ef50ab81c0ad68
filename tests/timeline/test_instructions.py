"""What a clinician asks for, as the intro says it: all of it at first, then a reminder."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from fakes.speech import SOUNDS, LetterSpeech
from naming import for_each

from voicecoach.language import phrases
from voicecoach.routine.instructions import NO_INSTRUCTIONS, AgreedPain, Instructions
from voicecoach.routine.model import Caution, Do, Exercise, Routine
from voicecoach.routine.phase import Phase
from voicecoach.routine.suit import Swap
from voicecoach.timeline.compile import compile_all
from voicecoach.timeline.expand import Settings, expand
from voicecoach.timeline.instruction_words import box, pain_sentences, reminder
from voicecoach.timeline.segment import Speak
from voicecoach.timeline.speech_track import Kit

SAY = phrases.load()
HIP = Instructions(
    by="Anna Berg, physiotherapist",
    written=date(2026, 11, 20),
    patient="a patient of 68",
    precautions=("Do not bend the hip past 90 degrees.", "Do not cross your legs.", "Lie on your back."),
    until=date(2026, 12, 28),
    stop=("The calf is swollen, hot or painful: call the surgeon today.",),
    pain=AgreedPain(go=3, slow=5, stop=6, morning=True),
    supervision="Somebody is at home.",
    goal="Walk to the shop.",
)
IN_FULL = """Anna Berg wrote this for you on 20 November.
Somebody is at home.
Keep to three precautions.
Do not bend the hip past 90 degrees.
Do not cross your legs.
Lie on your back.
They hold until 28 December.
Pain up to three out of ten is fine, if it is no worse than now tomorrow morning.
Above that, up to five: do less.
At six or more, stop.
Stop for today at this sign.
The calf is swollen, hot or painful: call the surgeon today.
Your goal: Walk to the shop."""
SAFETY = "Move slowly, and keep breathing."


def intro(asked, swaps=(), **settings):
    """What the intro says before what everybody is told."""
    lift = Exercise(name="Lift", rep=(Phase(name="lift", seconds=2.0),))
    routine = Routine(id="hip", name="Hip", instructions=asked, steps=(Do(exercise=lift),), path=Path())
    score = compile_all(expand(routine, Settings(**settings), swaps), Kit(LetterSpeech(), SOUNDS, SAY))
    said = [each.text for each in score.segments[1].events if isinstance(each, Speak)]
    assert any(each.startswith(SAFETY) for each in said)
    return said[1 : next(n for n, each in enumerate(said) if each.startswith(SAFETY))]


def test_each_exercise_that_was_prescribed_and_is_not_done_is_told():
    swaps = tuple(Swap(f"Lift {n}", "March", (Caution.HIP_NEW,)) for n in range(1, 5))
    told = intro(Instructions(by="Anna Berg, physiotherapist"), swaps)
    assert told == [f"We do March instead of Lift {n}, because your hip is still new." for n in range(1, 5)]
    assert intro(NO_INSTRUCTIONS, swaps) == ["I have changed four exercises to suit you."]


def test_all_of_it_is_told_until_it_is_known():
    assert "\n".join(intro(HIP)) == IN_FULL
    assert "\n".join(intro(HIP, reminds=lambda asked: asked is not HIP)) == IN_FULL
    assert intro(NO_INSTRUCTIONS) == intro(Instructions(by="Anna Berg")) == []


REMINDERS = {
    "As Anna Berg asked: do not bend the hip past 90 degrees; two more precautions are on your sheet.": HIP,
    "As Anna Berg asked: do not cross your legs; one more precaution is on your sheet.": replace(
        HIP, precautions=HIP.precautions[1:]
    ),
    "As you were asked: lie on your back.": replace(HIP, by="", precautions=HIP.precautions[2:]),
    "As Anna Berg asked: pain up to three out of ten is fine, if it is no worse than now tomorrow morning.": (
        HIP.lifted
    ),
    "As Anna Berg asked: stop for today at this sign: the calf is swollen, hot or painful: call the surgeon"
    " today.": replace(HIP.lifted, pain=AgreedPain()),
}


@for_each(REMINDERS)
def test_then_one_sentence_has_what_matters_most(sentence):
    assert intro(REMINDERS[sentence], reminds=lambda _: True) == [sentence]


def test_of_who_wrote_it_nobody_is_reminded():
    assert reminder(Instructions(by="Anna Berg", goal="Walk."), SAY) == ""
    assert intro(Instructions(by="Anna Berg", goal="Walk."), reminds=lambda _: True) == []


def test_the_words_of_a_clinician_come_before_ours():
    said = "Up to three is fine. Above five, press x."
    assert [*pain_sentences(AgreedPain(go=3, stop=6, say=said), SAY)] == [said]
    assert [*pain_sentences(AgreedPain(morning=True), SAY)] == [
        "It should be no worse tomorrow morning than it is now."
    ]


def test_a_box_has_all_of_it_with_its_figures():
    rows = box(HIP, SAY, date(2026, 12, 28))
    assert [each.title for each in rows] == [
        "From Anna Berg, physiotherapist, 20 November 2026, for a patient of 68",
        "Precautions until 28 December 2026",
        "Stop for today",
        "Agreed pain",
        "Supervision",
        "Goal",
    ]
    assert rows[3].texts == (
        "Up to 3 of 10: fine; up to 5: do less; 6 or more: stop; the next morning: no worse than before.",
    )
    assert box(HIP, SAY, date(2026, 12, 29))[1].title == "Precautions, which ran until 28 December 2026"
    assert box(NO_INSTRUCTIONS, SAY, date.max) == ()
