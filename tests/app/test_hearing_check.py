"""What ``voicecoach listen`` finds out in a room that is made up."""

import pytest
from fakes.quiet_room import COACH, QUIET, VOICE, QuietRoom

from voicecoach.app.hearing_check import Asked, Echo, Heard, HearingCheck
from voicecoach.errors import HearingUnavailable
from voicecoach.hearing.messages import Fault, Level, Lost
from voicecoach.hearing.trial import Attempt, Outcome
from voicecoach.hearing.vocabulary import Vocabulary
from voicecoach.language import phrases
from voicecoach.session.commands import Command, spoken

SAY = phrases.load()
ASKED = {"pause please": Command.PAUSE, "go on": Command.RESUME, "stop the session": Command.STOP}


@pytest.fixture
def room():
    return QuietRoom()


@pytest.fixture
def check(room):
    with HearingCheck(room.opened, Vocabulary(spoken(SAY)), room, SAY, room.log.append) as check:
        assert check.ready(is_bluetooth=False).microphone == "USB microphone"
        yield check
    assert room.log[-1] == "closed"


def test_the_noise_is_that_of_three_seconds(check, room):
    begun = room.time
    assert {level.level for level in check.quiet()} == {QUIET}
    assert 3 <= room.time - begun < 3.3
    assert check.figures.noise == QUIET


def test_the_echo_is_measured_while_the_coach_speaks(check, room):
    def play(far):
        far(b"\0\0")
        room.level = COACH
        room.sleep(1.0)
        room.told(Level(COACH, QUIET, 0.2, 25.0))
        room.level = QUIET

    assert check.echo(play) == Echo(COACH, 0.2, 25.0)
    assert check.figures.coach == COACH
    assert ("feed", 2) in room.log
    assert check.echo(lambda _: None).delay is None


def test_each_attempt_is_told_with_what_was_heard(check, room):
    start = room.time - room.begun
    room.says("Pause, please.", start + 1)  # until 2.5
    room.says("Next exercise.", start + 4)
    found = [each for each in check.trial(ASKED) if not isinstance(each, Level)]
    right, wrong, missed = (each for each in found if isinstance(each, Attempt))
    assert [each.phrase for each in found if isinstance(each, Asked)] == [*ASKED]
    assert [each.match.meaning for each in found if isinstance(each, Heard)] == [Command.PAUSE, Command.NEXT]
    assert (right.outcome, wrong.outcome, missed.outcome) == (Outcome.RIGHT, Outcome.WRONG, Outcome.MISSED)
    assert wrong.taken_for is Command.NEXT
    assert 0.4 < check.figures.delay < 0.7
    assert (check.figures.voice, check.figures.tried) == (VOICE, 3)
    assert (check.figures.silent, check.figures.failed) == (1, 2)


def test_a_microphone_that_cannot_be_opened_is_not_waited_for_long(room):
    with HearingCheck(room.opened, Vocabulary(spoken(SAY)), room, SAY, room.log.append) as check:
        room.script = [(1.0, Lost(Fault.BROKEN)), (5.0, Lost(Fault.BROKEN))]
        with pytest.raises(HearingUnavailable, match="could not be opened"):
            check.ready(is_bluetooth=False)
        assert 10 < room.time - room.begun < 12
        assert "cannot be opened" in room.log[-1]


def test_what_goes_wrong_is_told(room):
    with HearingCheck(room.opened, Vocabulary(spoken(SAY)), room, SAY, room.log.append) as check:
        room.script = []
        with pytest.raises(HearingUnavailable, match="within a minute"):
            check.ready(is_bluetooth=False)
        room.told(Lost(Fault.BUSY))
        assert list(check.quiet())
        assert "another program" in room.log[-1]
        room.told(Lost(Fault.MUTED))
        with pytest.raises(HearingUnavailable, match="may be muted"):
            list(check.quiet())
