"""The plain view: the byte stream of a whole session, read line by line as a screen reader does."""

import io
import re
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from fakes.clock import FakeClock
from fakes.session import FakeDirector, FakeLoudspeaker, FakeMixer
from fakes.speech import SOUNDS
from golden import assert_golden

from voicecoach.display import plain
from voicecoach.display.plain import PlainView
from voicecoach.language import phrases
from voicecoach.language.speech_length import EstimatedSpeech, estimate
from voicecoach.routine.dose import Counted
from voicecoach.routine.model import Do, Exercise, Pace, Routine, Sides, Wait
from voicecoach.routine.phase import Phase
from voicecoach.session.audibility import Audibility
from voicecoach.session.commands import HELP_KEY, WHERE_KEY, Command, help_rows
from voicecoach.session.levels import Levels, Volume
from voicecoach.session.listener import Position, Script
from voicecoach.session.lookahead import Lookahead
from voicecoach.session.microphone import Microphone
from voicecoach.session.player import Player
from voicecoach.session.transport import State
from voicecoach.timeline.compile import compile_all, compile_step
from voicecoach.timeline.expand import Settings, expand
from voicecoach.timeline.segment import SegmentKind
from voicecoach.timeline.speech_track import Kit
from voicecoach.units import frames, seconds
from voicecoach.voices.cache import SpeechCache
from voicecoach.voices.engines import chain
from voicecoach.voices.narrator import Narrator

GOLDEN = Path(__file__).with_name("plain.txt")
BREATH = 0.1
"""Seconds between two lines of a screen reader [own choice]."""
MOST_BEHIND = 0.8
"""Seconds that a line may be late: it is over before the count of the next second."""
SAY = phrases.load()
KIT = Kit(EstimatedSpeech(), SOUNDS, SAY)
SLIDE = Exercise(
    name="Heel slide",
    rep=(Phase(name="slide", seconds=3), Phase(name="hold", seconds=8), Phase(name="back", seconds=3)),
    reps=(2, 1),
    sides=Sides.EACH,
)
ROUTINE = Routine(
    id="x",
    name="Evening",
    steps=(
        Do(exercise=SLIDE),
        Wait(what="Fetch your strap", limit=20),
        Do(exercise=Exercise(name="Lift", reps=(12,), pace=Pace.SELF, limit=20)),
    ),
    path=Path("x"),
)
STEPS = expand(ROUTINE, Settings())
KEYS = {
    3: (HELP_KEY,),
    10: (WHERE_KEY,),
    16: (Command.SKIP_REST,),
    19: (WHERE_KEY,),
    21: (Command.SKIP_REST,),
    26: (Command.TOGGLE, WHERE_KEY, Command.TOGGLE),
    33: (Command.VOICE_DOWN, Command.MUTE, Volume(80), Command.EASIER),
    37: (Command.TALK,),
    56: (WHERE_KEY,),
    110: (Command.NEXT,),
    114: (WHERE_KEY, Command.READY),
    122: (WHERE_KEY,),
    126: (Command.READY,),
}
"""What is pressed after so many seconds of the session."""


def compiled(index, step, around):
    return compile_step(index, step, KIT, around)


def played(keys):
    """The lines of a session, each with the second at which it is printed, and all bytes of them."""
    stream, lines, left = io.BytesIO(), [], dict(keys)
    view = PlainView(io.TextIOWrapper(stream, encoding="utf-8", newline="\n"), SAY)
    output = FakeLoudspeaker(lambda output: press(output.frames))
    player = Player(
        STEPS,
        Lookahead(STEPS, compiled, done=lambda: None, interrupt=lambda: None),
        FakeDirector(KIT),
        mixer=FakeMixer(),
        output=output,
        listener=view,
        clock=FakeClock(),
    )

    def press(delivered):
        lines.extend([seconds(delivered)] * (stream.getvalue().count(b"\n") - len(lines)))
        while left and next(iter(left)) <= seconds(delivered):
            for key in left.pop(next(iter(left))):
                if key == HELP_KEY:
                    view.help(help_rows(SAY, full=False))
                elif key == WHERE_KEY:
                    view.where()
                else:
                    player.send(key)

    view.noticed(SAY("keys.most"))
    player._segments.start()
    assert player.run().finished
    press(output.frames)
    assert not left
    return list(zip(lines, stream.getvalue().decode().splitlines(), strict=True)), stream.getvalue()


def test_each_line_of_a_session_is_a_sentence_and_nothing_rewrites_it():
    lines, printed = played(KEYS)
    assert b"\r" not in printed
    assert b"\x1b" not in printed
    assert [line for _, line in lines if not re.fullmatch(r"|[^ =].*[^ ][.!?:]", line)] == []
    assert_golden(GOLDEN, printed.decode())


def behind(lines, length):
    """How many seconds late a reader begins each line that takes ``length`` of it to read."""
    free, late = 0.0, {}
    for at, line in lines:
        begins = max(at, free) + BREATH
        late[at, line] = begins - at
        free = begins + length(line)
    return late


def test_a_reader_as_fast_as_the_session_expects_is_never_behind():
    lines = [(at, line) for at, line in played({})[0] if line]
    late = behind(lines[1:], lambda line: seconds(estimate(line)))
    assert {line: each for line, each in late.items() if each > MOST_BEHIND} == {}


@pytest.mark.processes
def test_a_real_reader_says_every_line_in_time(tmp_path):
    """With espeak-ng, which most screen readers of Linux speak with, as fast as the coach would."""
    chosen = [each for each in chain() if each.name == "pyttsx3"]
    if not chosen:
        pytest.skip("not installed: pyttsx3")
    lines = [(at, line) for at, line in played({})[0] if line]
    with Narrator(chosen, SpeechCache(tmp_path, pytest.fail), pytest.fail, patient=True) as narrator:
        late = behind(lines[1:], lambda line: seconds(narrator.clip(line).frames))
        for line in GOLDEN.read_text(encoding="utf-8").splitlines():
            assert narrator.clip(line).frames > 0 or not line
        assert narrator.unsaid == []
    assert {line: each for line, each in late.items() if each > MOST_BEHIND} == {}


def set_of(exercise):
    """The first set of an exercise."""
    planned = expand(replace(ROUTINE, steps=(Do(exercise=exercise),)), Settings())
    return next(segment for segment in compile_all(planned, KIT).segments if segment.work)


def made(**how):
    stream = io.StringIO()
    return stream, PlainView(stream, SAY, **how)


def told(segment, at, left, state=State.PLAYING, audibility=Audibility.HEARD, script=None):
    """What the key tells that says where one is, after what was told before."""
    stream, view = made()
    if script is not None:
        view.planned(script)
    view.moved(Position(segment, at, frames(60), frames(left)))
    view.state_changed(state)
    view.audibility_changed(audibility)
    before = len(stream.getvalue())
    view.where()
    return stream.getvalue()[before:].removesuffix("\n")


def test_who_asks_is_told_what_is_done_which_rep_it_is_and_how_long_it_takes():
    work = set_of(SLIDE)
    second = work.rep_starts()[1] + frames(4)
    where = "Heel slide, set 1 of 2, left: hold, rep 2 of 2."
    assert told(work, second, 200) == f"{where} About three minutes left."
    assert told(work, second, 61, State.PAUSED) == f"Paused; space goes on. {where} About one minute left."
    assert (
        told(work, second, 24, audibility=Audibility.ABSENT)
        == f"No sound. {where} About twenty seconds left."
    )
    lost = told(work, second, 3, State.LOST)
    assert lost.startswith("Waiting for the loudspeaker; space goes on without sound. Heel slide")
    assert lost.endswith("About ten seconds left.")
    breaths = Exercise(name="Breathe", rep=(Phase(name="in", seconds=4),), reps=(3,), counted=Counted.BREATHS)
    breathing = set_of(breaths)
    assert told(breathing, breathing.rep_starts()[1], 60).startswith("Breathe: in, breath 2 of 3. ")
    own = set_of(Exercise(name="Lift", reps=(12,), pace=Pace.SELF, limit=20))
    assert told(own, 0, 60).startswith("Lift: press Enter when you are done. ")


def test_who_asks_between_two_sets_is_told_which_set_comes_and_when():
    outline = compile_all(STEPS, KIT).segments
    script = Script(STEPS, outline)
    rest = next(each for each in outline if each.kind is SegmentKind.REST)
    at = rest.frames - frames(19)
    where = "Rest: in about twenty seconds, Heel slide, set 2 of 2, left. About two minutes left."
    assert told(rest, at, 120, script=script) == where
    assert told(outline[-1], 0, 10, script=script) == f"{outline[-1].title}. About ten seconds left."


def test_a_skip_that_ends_the_session_does_not_say_that_it_can_be_taken_back():
    stream, view = made()
    view.tell_first()
    told = []
    for segment in compile_all(STEPS, KIT).segments[-2:]:
        view.moved(Position(segment, 0, frames(60), frames(10)))
        view.obeyed(Command.NEXT)
        told.append(stream.getvalue().splitlines())
    assert told == 2 * [["Skipped; u takes it back."]]


def test_where_one_is_cannot_be_told_before_it_begins():
    stream, view = made()
    view.where()
    assert stream.getvalue() == ""


def test_who_comes_back_to_a_pause_is_told_again_how_it_goes_on():
    stream, view = made()
    view.come_back()
    view.state_changed(State.PAUSED)
    view.come_back()
    while back := next((each for each in threading.enumerate() if each.name == "come back"), None):
        back.join()
    assert stream.getvalue() == 2 * "Paused; space goes on.\n"


def test_a_line_is_whole_unless_it_is_to_be_broken_for_who_sees_it(monkeypatch):
    text = "Lie on your back. " * 9
    monkeypatch.setattr(plain, "columns", lambda _: 80)
    for breaks, lines in ((False, 1), (True, 3)):
        stream, view = made(breaks=breaks)
        view.line(text)
        assert stream.getvalue().count("\n") == lines


def test_only_a_level_that_changed_is_told():
    stream, view = made(levels=Levels(voice=50))
    view.state_changed(State.PLAYING)
    view.tell_first()
    view.levels_changed(Levels(voice=40))
    view.levels_changed(Levels(voice=40, sounds=90, master=80))
    view.levels_changed(Levels(voice=40, sounds=90, master=80))
    assert stream.getvalue() == "Voice 40 %.\nTones 90 %, overall 80 %.\n"


def test_the_microphone_is_told_when_it_comes_and_goes_and_not_for_each_voice():
    stream, view = made()
    view.tell_first()
    on, voice = Microphone.ON, Microphone.VOICE
    for microphone in (Microphone.STARTING, on, voice, on, Microphone.LOST, Microphone.STARTING, voice, on):
        view.microphone_changed(microphone)
    view.microphone_changed(Microphone.OFF)
    assert stream.getvalue().splitlines() == [
        "The microphone is on, and you can talk to the coach.",
        "The coach cannot hear you now; the keys still work.",
        "The coach can hear you again.",
        "The microphone is off.",
    ]


def test_the_microphone_is_told_of_before_the_session_begins():
    stream, view = made()
    view.microphone_changed(Microphone.ON)
    view.tell_first()
    assert stream.getvalue() == "The microphone is on, and you can talk to the coach.\n"
