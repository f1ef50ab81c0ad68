"""Any exercise that can be written, at any pace of speech, compiles to a well-timed session."""

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from fakes.speech import SOUNDS, LetterSpeech
from hypothesis import example, given
from hypothesis import strategies as st
from scores import assert_it_goes_on_without_a_cut, assert_nothing_overlaps_or_is_cut, assert_well_timed

from voicecoach.language import phrases
from voicecoach.routine.files.exercise_parts import SHORTEST_REST
from voicecoach.routine.model import Cue, Cues, Do, Exercise, Pace, Posture, Rest, Routine, Say, Sides, Wait
from voicecoach.routine.phase import KINDS_IN_A_REP, Phase, PhaseKind
from voicecoach.timeline.compile import compile_all, compile_step, with_length
from voicecoach.timeline.countdown import COUNT_IN_SECONDS, closing_frames
from voicecoach.timeline.expand import Settings, expand
from voicecoach.timeline.gaps import gaps
from voicecoach.timeline.medium import HOLD_QUIET, Medium
from voicecoach.timeline.rests import lengthened
from voicecoach.timeline.segment import Play, Role, Score, Sound, is_said
from voicecoach.timeline.segment import Speak as Said
from voicecoach.timeline.set_cues import CUE_EVERY, MOST_SPEECH
from voicecoach.timeline.speech_track import Kit
from voicecoach.timeline.steps import (
    Briefing,
    Coaching,
    RestStep,
    SayStep,
    TalkLevel,
    at_tempo,
    telling,
    works,
)
from voicecoach.timeline.talk_level import at_talk_level
from voicecoach.timeline.words import focus_sentence
from voicecoach.units import frames

words = st.lists(
    st.sampled_from(["lift", "slowly", "and breathe", "out", "{side}", "now"]), min_size=1, max_size=9
)
texts = words.map(" ".join)
lengths = st.sampled_from([0.5, 1, 1.5, 2, 2.75, 3, 5, 8, 10, 20, 31.3])
phases = st.builds(
    Phase,
    name=st.sampled_from(["lift", "hold", "lower", "relax"]),
    seconds=lengths,
    kind=st.sampled_from(KINDS_IN_A_REP),
)
cues = st.builds(Cue, texts, st.sampled_from(["", "lift", "hold", "move", "relax"]))
exercises = st.builds(
    Exercise,
    name=st.sampled_from(["Bridge", "Bird dog", "Side plank on the knees"]),
    posture=st.none() | st.sampled_from(Posture),
    why=texts,
    position=st.lists(texts, max_size=3).map(tuple),
    rep=st.lists(phases, min_size=1, max_size=4).map(tuple),
    words=st.dictionaries(st.sampled_from(["lift", "hold", "lower"]), texts),
    duration=st.none() | st.sampled_from([1, 5, 19.9, 20, 30, 75.5]),
    reps=st.lists(st.integers(1, 9), min_size=1, max_size=3).map(tuple),
    sides=st.sampled_from(Sides),
    one_side_first=st.booleans(),
    rest=st.sampled_from([0, 1, 3, 10, 20.5, 60]),
    exact_rest=st.sampled_from([True, True, False]),
    change=st.sampled_from([0, 2, 6]),
    exact_change=st.booleans(),
    pace=st.sampled_from(Pace),
    limit=st.none() | lengths,
    cues=st.builds(
        Cues,
        always=st.lists(cues, max_size=2).map(tuple),
        rotating=st.lists(cues, max_size=4).map(tuple),
    ),
).map(lambda each: replace(each, reps=(1,) * len(each.reps), pace=Pace.BEAT) if each.duration else each)
steps = (
    st.builds(Do, exercise=exercises)
    | st.builds(Rest, seconds=lengths.filter(lambda each: each >= SHORTEST_REST) | st.just(0))
    | st.builds(Say, text=texts)
    | st.builds(Wait, what=texts, limit=lengths)
)
routines = st.builds(
    Routine,
    id=st.just("any"),
    name=st.just("Any"),
    steps=st.lists(steps, min_size=1, max_size=4).map(tuple),
    path=st.just(Path("any.yaml")),
)
paces = st.floats(0.02, 0.2)
speech = st.builds(LetterSpeech, audible=st.booleans(), seconds_per_letter=paces)
tempos = st.sampled_from([0.5, 0.8, 1.0, 1.1, 1.5])


def sideless(text):
    """Without sides: who was told "lift" need not be told "lift left"."""
    return " ".join(word for word in text.casefold().split() if word.strip(".") not in {"left", "right"})


def planned(*exercises, **chosen):
    done = tuple(Do(exercise=each) for each in exercises)
    return expand(Routine(id="x", name="X", steps=done, path=Path("x")), Settings(**chosen))


@given(routines, speech, st.sampled_from(Coaching), tempos, st.sampled_from(Medium))
def test_every_session_is_well_timed(routine, voice, coaching, tempo, medium):
    kit = Kit(voice, SOUNDS, phrases.load(), medium=medium)
    steps = expand(routine, Settings(coaching=coaching, tempo=tempo))
    steps = with_length(steps, compile_all(steps, kit).expected)
    score = compile_all(steps, kit)
    assert_well_timed(score, voice.measure)
    for step, around, segment in zip(steps, gaps(steps), score.segments, strict=True):
        for hold in segment.holds:
            assert hold.to - hold.at == HOLD_QUIET
            assert not [each for each in segment.events if each.end > hold.at and each.frame < hold.to]
        if isinstance(step, Briefing) and around.gap is None:
            said = [event.text for event in segment.events if isinstance(event, Said)]
            told = sideless(" ".join(said))
            for cue in step.exercise.cues.always:
                assert sideless(kit.phrases.sided(cue.text, step.side)).rstrip(".") in told
            assert not step.focus or said[-1] == focus_sentence(step, kit.phrases)
        cues = [event for event in segment.events if isinstance(event, Said) and event.role is Role.CUE]
        if segment.beats:
            for first, second in pairwise(cues):
                assert second.frame - first.end >= CUE_EVERY


@given(routines, speech, st.sampled_from(Coaching), tempos, st.sampled_from(Medium))
def test_the_time_that_is_written_is_the_time_that_is_played(routine, voice, coaching, tempo, medium):
    """From the end of each set to the next "go", to the frame, whatever is said there and however fast."""
    kit = Kit(voice, SOUNDS, phrases.load(), medium=medium)
    steps = expand(routine, Settings(coaching=coaching, tempo=tempo, transition=6.0))
    places, ended = list(compile_all(steps, kit).starts()), 0
    for (start, segment), around in zip(places, gaps(steps), strict=True):
        work, gap = segment.work, around.gap
        if work and gap and gap.after_set and work.exercise.pace is Pace.BEAT:
            lasts = start + segment.begins - ended
            assert lasts == frames(gap.seconds) or (gap.grows and lasts >= frames(gap.seconds))
        if gap and gap.work is None:
            tone = closing_frames(kit) if gap.after_set and gap.seconds else 0
            assert segment.frames == frames(gap.seconds) - tone
        if work:
            ended = start + segment.ends


@given(exercises, paces)
def test_every_rep_begins_on_its_absolute_time(exercise, pace):
    """However many reps: the frame of a phase is rounded once, from the time since the set began."""
    kit = Kit(LetterSpeech(seconds_per_letter=pace), SOUNDS, phrases.load())
    rep = [exercise.duration] if exercise.duration else [phase.seconds for phase in exercise.rep]
    for segment in compile_all(planned(exercise), kit).segments:
        if segment.beats and not segment.waits:
            zero = segment.beats[1].frame
            for number, beat in enumerate(segment.beats[1:]):
                whole, part = divmod(number, len(rep))
                exact = (whole * sum(rep) + sum(rep[:part])) * 48_000
                assert abs(beat.frame - zero - exact) <= 0.5 + 1e-6
            end = segment.beats[-1].frame + segment.beats[-1].frames
            tones = [event for event in segment.events if isinstance(event, Play)]
            if segment.frames > end:  # else it runs on into the next set
                assert (tones[-1].sound, tones[-1].frame) == (Sound.END_OF_SET, end)


WORDY = Exercise(
    name="Bridge",
    rep=(Phase(name="hold", seconds=20, kind=PhaseKind.HOLD),),
    reps=(1,),
    pace=Pace.SELF,
    limit=20,
    cues=Cues(
        always=(Cue("lift" + 8 * " lift"), Cue("lift" + 7 * " lift" + " slowly")),
        rotating=(Cue("lift" + 6 * " lift" + " slowly and breathe"),),
    ),
)
"""What is said before a set at one's own pace takes nearly all of the room that there is for words."""


@given(exercises)
@example(WORDY)
def test_form_cues_and_breath_leave_most_of_a_set_silent(exercise):
    """Reminders stop where speech would fill the set; beats and counts alone may go beyond."""
    kit = Kit(LetterSpeech(), SOUNDS, phrases.load())
    for segment in compile_all(planned(exercise), kit).segments:
        said = [event for event in segment.events if isinstance(event, Said)]
        if segment.beats and any(event.role in {Role.CUE, Role.BREATH} for event in said):
            assert sum(event.frames for event in said) <= MOST_SPEECH * segment.frames + frames(0.01)


CALLS = {"Half done.", *(f"{phrases.load().number(n).capitalize()} done." for n in range(1, 101))}
CALLS |= {f"{phrases.load().number(n).capitalize()}." for n in range(1, 101)}
COUNTDOWN = ("Three.", "Two.", "One.")
reps_done_on_the_beat = exercises.filter(lambda each: not each.duration and each.pace is Pace.BEAT)
EVENLY = Exercise(
    name="Bridge",
    rep=tuple(Phase(name="hold", seconds=seconds, kind=PhaseKind.HOLD) for seconds in (5, 5)),
    reps=(9,),
)


def countdowns(segment):
    """Yield the frame of each "three" or first tick of three that counts down to the end of a phase."""
    told = {event.frame: event.text for event in segment.events if isinstance(event, Said)}
    ticks = {event.frame for event in segment.events if isinstance(event, Play) and event.sound is Sound.TICK}
    for beat in segment.beats:
        marks = [beat.end - frames(seconds) for seconds in (3, 2, 1)]
        if ticks >= {*marks} or tuple(told.get(mark) for mark in marks) == COUNTDOWN:
            yield marks[0]


@given(reps_done_on_the_beat, paces, tempos)
@example(EVENLY, 0.06, 1.0)
def test_no_call_is_part_of_a_countdown_or_comes_within_1_2_seconds_before_one(exercise, pace, tempo):
    kit = Kit(LetterSpeech(seconds_per_letter=pace), SOUNDS, phrases.load())
    for segment in compile_all(planned(exercise, tempo=tempo), kit).segments:
        starts = list(countdowns(segment))
        counted = {first + frames(second) for first in starts for second in (0, 1, 2)}
        for event in segment.events:
            calls = isinstance(event, Said) and (event.text in CALLS or event.text.startswith(LEFT))
            if calls and event.frame not in counted:
                for first in starts:
                    assert event.end + frames(1.2) <= first or event.frame >= first + frames(3), event


LEFT = ("Last one", "Two more")


@given(reps_done_on_the_beat, paces, tempos)
@example(EVENLY, 0.06, 1.0)
def test_a_call_comes_after_the_rep_that_it_counts_and_as_many_reps_begin_as_are_left(exercise, pace, tempo):
    """A number comes from the last movement of its rep on, before the first phase of the next is over."""
    kit = Kit(LetterSpeech(seconds_per_letter=pace), SOUNDS, phrases.load())
    numbers = {kit.phrases.number(n): n for n in range(1, 101)}
    for segment in compile_all(planned(exercise, tempo=tempo), kit).segments:
        if not segment.beats or segment.waits:
            continue
        reps = [[beat for beat in segment.beats if beat.rep == n + 1] for n in range(segment.beats[-1].rep)]
        counted = {first + frames(second) for first in countdowns(segment) for second in (0, 1, 2)}
        in_reps = (each for each in segment.events if isinstance(each, Said) and each.frame >= segment.begins)
        for event in in_reps:
            if event.text.startswith(LEFT):
                begins = sum(beats[0].frame >= event.frame for beats in reps)
                assert begins == 1 + event.text.startswith("Two"), event
            elif event.text in CALLS and event.frame not in counted:
                word = event.text.lower().rstrip(".").removesuffix(" done")
                rep = len(reps) - len(reps) // 2 if word == "half" else numbers[word]
                moved = [
                    beat for beat in reps[rep - 1] if beat.kind not in {PhaseKind.PAUSE, PhaseKind.RELAX}
                ]
                assert event.frame >= (moved[-1:] or reps[rep - 1])[0].frame, event
                held = [
                    beat.end for beat in moved if beat.kind is PhaseKind.HOLD and beat.frames >= frames(5)
                ]
                assert event.frame >= max(held, default=0), event
                assert event.end <= reps[rep][0].end, event


@given(exercises, tempos, tempos, st.data(), paces)
def test_a_new_tempo_leaves_the_beats_before_it_where_they_were(exercise, old, new, data, pace):
    kit = Kit(LetterSpeech(seconds_per_letter=pace), SOUNDS, phrases.load())
    work = works(planned(exercise, tempo=old))[0]
    first = data.draw(st.integers(2, max(2, work.reps)))
    before, after = (compile_step(0, each, kit) for each in (work, at_tempo(work, new, first=first)))
    assert_well_timed(Score((after,)), kit.speech.measure)
    if not before.waits:
        kept, made = ([beat for beat in each.beats if beat.rep < first] for each in (before, after))
        assert kept == made
        assert before.rep_starts()[:first] == after.rep_starts()[:first]


@given(exercises, tempos, paces)
def test_a_set_has_the_same_times_however_much_is_said(exercise, tempo, pace):
    """Fewer of the same words are said at the same moments; the tones are those of a set without a voice."""
    kit = Kit(LetterSpeech(seconds_per_letter=pace), SOUNDS, phrases.load())
    mute = replace(kit, speech=LetterSpeech(audible=False, seconds_per_letter=pace))
    for work in works(planned(exercise, tempo=tempo)):
        everything, captions = compile_step(0, work, kit), compile_step(0, work, mute)
        for talk in (TalkLevel.CUES, TalkLevel.NAMES):
            less = compile_step(0, replace(work, talk=talk), kit)
            assert replace(less, events=(), dropped=(), work=work) == replace(
                everything, events=(), dropped=()
            )
            assert [event for event in less.events if isinstance(event, Play)] == [
                event for event in captions.events if isinstance(event, Play)
            ]
            assert [event for event in less.events if isinstance(event, Said)] == [
                event for event in everything.events if isinstance(event, Said) and is_said(event.role, talk)
            ]


TOLD_TWICE = Exercise(
    name="Bridge",
    why="lift",
    reps=(1,),
    rep=(Phase(name="lift", seconds=2),),
    cues=Cues(always=(Cue("lift"),)),
)


@given(routines, speech, st.sampled_from(TalkLevel), st.sampled_from(Coaching))
@example(
    Routine(id="any", name="Any", steps=(Do(exercise=TOLD_TWICE),), path=Path("any.yaml")),
    LetterSpeech(),
    TalkLevel.CUES,
    Coaching.FULL,
)
def test_whatever_is_left_out_what_is_safe_and_which_side_is_said(routine, voice, talk, coaching):
    kit = Kit(voice, SOUNDS, phrases.load())
    steps = with_length(expand(routine, Settings(coaching=coaching)), frames(600))
    full, less = (compile_all(telling(steps, each), kit) for each in (TalkLevel.ALL, talk))
    assert_well_timed(less, voice.measure)
    for step, around, segment, quieter in zip(steps, gaps(steps), full.segments, less.segments, strict=True):
        if around.gap is not None:
            assert quieter.frames == segment.frames
        elif isinstance(step, Briefing):
            assert quieter.frames >= frames(step.travel - COUNT_IN_SECONDS)
        said = said_in(segment)
        kept = [each for each in said if is_said(each[0], talk)]
        more = [each for each in said_in(quieter) if each not in kept]
        assert [each for each in said_in(quieter) if each not in more] == kept
        everything = sideless(" ".join(text for _, text in said))
        for role, text in more:  # a cue for every set that the explanation, now left out, says too
            assert role is Role.SAFETY
            assert sideless(text).rstrip(".") in everything


def said_in(segment):
    return [(event.role, event.text) for event in segment.events if isinstance(event, Said)]


@given(exercises, tempos, paces, st.sampled_from(TalkLevel), st.sampled_from(TalkLevel), st.data())
def test_the_level_changes_within_a_set_and_is_named(exercise, tempo, pace, before, talk, data):
    kit = Kit(LetterSpeech(seconds_per_letter=pace), SOUNDS, phrases.load())
    work = works(planned(exercise, tempo=tempo))[0]
    old, new = (compile_step(0, replace(work, talk=each), kit) for each in (before, talk))
    frame = data.draw(st.integers(1, old.frames - 1))
    joined = at_talk_level(old, new, frame, talk, kit)
    says = [event for event in joined.events if isinstance(event, Said)]
    assert_nothing_overlaps_or_is_cut(joined, says, kit.speech.measure)
    assert_it_goes_on_without_a_cut(joined, says)
    assert [event for event in joined.events if event.frame < frame] == [
        event for event in old.events if event.frame < frame
    ]
    name = kit.phrases(f"talk.{talk}")
    later = {event.text for event in joined.events if isinstance(event, Said) and event.frame >= frame}
    assert later - {name} <= {event.text for event in new.events if isinstance(event, Said)}
    assert joined.beats == old.beats


def test_outside_a_set_the_level_is_named_at_once_and_what_is_left_out_is_cut_short():
    kit = Kit(LetterSpeech(), SOUNDS, phrases.load())
    briefing = next(step for step in planned(TAUGHT) if isinstance(step, Briefing))
    old, new = (
        compile_step(0, replace(briefing, way="", talk=each), kit)
        for each in (TalkLevel.ALL, TalkLevel.NAMES)
    )
    joined = at_talk_level(old, new, frames(1), TalkLevel.NAMES, kit)
    assert [text for _, text in said_in(joined)] == [
        "Now: Bridge.",
        "Names and tones.",
        "Lie on your back.",
        "Four reps.",
    ]
    assert joined.frames == old.frames
    short = compile_step(0, SayStep(block=1, title="", text="Breathe", after_work=False), kit)
    longer = at_talk_level(short, short, frames(0.3), TalkLevel.ALL, kit)
    assert [text for _, text in said_in(longer)] == ["Breathe", "Everything again."]
    assert_well_timed(Score((longer,)), kit.speech.measure)


TAUGHT = Exercise(
    name="Bridge",
    rep=(Phase(name="lift", seconds=2),),
    reps=(4,),
    why="It makes your buttocks strong.",
    position=("Lie on your back.", "Bend your knees."),
    posture=Posture.SUPINE,
)
TWICE = Exercise(name="Bridge", rep=(Phase(name="lift", seconds=2),), reps=(4, 4), posture=Posture.SUPINE)
RESTS = [step for step in planned(TWICE, TWICE) if isinstance(step, RestStep)]
RESTS.append(RestStep(block=1, title="Rest", seconds=30, after_work=True, posture=None))


@given(st.sampled_from(RESTS), st.none() | st.just(0) | lengths, st.sampled_from([1, 5, 15, 60]), paces)
def test_a_longer_rest_begins_like_the_old_one(rest, length, more, pace):
    kit = Kit(LetterSpeech(seconds_per_letter=pace), SOUNDS, phrases.load())
    rest = replace(rest, seconds=length)
    old = compile_step(0, rest, kit)
    longer = lengthened(rest, more, old.frames)
    new = compile_step(0, longer, kit)
    assert_well_timed(Score((new,)), kit.speech.measure)
    assert new.frames == old.frames + frames(more)
    before, after = ([each for each in made.events if each.role is not Role.COUNT] for made in (old, new))
    assert before == after
    assert compile_step(0, lengthened(longer, 15, new.frames), kit).frames == new.frames + frames(15)
    for call in (event for event in new.events if event.role is Role.COUNT):
        assert call.frame == new.frames + frames(4.5 * rest.counts_in - 10)
