"""A session that was interrupted goes on as it was left: what hurt, what was chosen, what was asked for."""

import subprocess
import sys
from contextlib import suppress
from dataclasses import replace

import pytest

from voicecoach.app import prepare, resume
from voicecoach.app.compose import Sounding, Studio
from voicecoach.app.record import recording
from voicecoach.clock import SystemClock
from voicecoach.errors import JournalError, UsageError
from voicecoach.journal import store
from voicecoach.journal.export import Outcome, outcome
from voicecoach.journal.records import Before
from voicecoach.journal.store import Journal
from voicecoach.routine.profile import Explaining, Profile
from voicecoach.session.commands import Command
from voicecoach.session.listener import Ending, Listener, Listeners, SetResult
from voicecoach.settings.table import SessionSettings
from voicecoach.timeline.segment import SegmentKind
from voicecoach.timeline.steps import Briefing, Outro, works
from voicecoach.training import stats
from voicecoach.units import whole_minutes

CHOSEN = SessionSettings(voice="silent", output="instant")
QUICKLY = Sounding("silent", output="instant")
ROUTINE = """\
name: Mine
steps:
  - glute_bridge: {reps: [2, 2, 2]}
  - exercise: Leg lift
    rep: lift 1s, lower 1s
    reps: [2, 2]
    sides: each
  - glute_bridge: {reps: [2, 2]}
  - exercise: Heel slide
    rep: slide 1s, back 1s
    reps: [2, 2]
"""
BRIDGES = [("glute_bridge", 1, each) for each in (1, 2, 3)]
LIFTS = [("Leg lift", 2, 1), ("Leg lift", 2, 1), ("Leg lift", 2, 2), ("Leg lift", 2, 2)]
MORE_BRIDGES = [("glute_bridge", 3, 1), ("glute_bridge", 3, 2)]
ONE_LEG = "glute_bridge_single"
SLIDES = [("Heel slide", 4, 1), ("Heel slide", 4, 2)]
ALL_ON_ONE_LEG = [
    *[(ONE_LEG, 1, number) for number in (2, 2, 3, 3)],
    *LIFTS,
    *[(ONE_LEG, 3, number) for number in (1, 1, 2, 2)],
    *SLIDES,
]


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def mine(home, tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(ROUTINE)
    return path


class Pressing(Listener):
    """Presses keys: each when a segment of its kind begins, the first, or the one of a set."""

    def __init__(self, *presses):
        self._presses = list(presses)
        self.player = None

    def segment_started(self, segment):
        kind, block, number, *commands = self._presses[0] if self._presses else (None, 0, 0)
        if (segment.kind, segment.block) == (kind, block) and number in {0, segment.set_number}:
            del self._presses[0]
            for command in commands:
                self.player.send(command)


CLOCK = SystemClock()
WORK, REST, BRIEFING = SegmentKind.WORK, SegmentKind.REST, SegmentKind.BRIEFING
STOP, NEXT, BACK, REPEAT = Command.STOP, Command.NEXT, Command.BACK, Command.REPEAT
HURTS, HARDER, EASIER = Command.HURTS, Command.HARDER, Command.EASIER


def perform(session, *presses, killed=False):
    """Play a session while keys are pressed; the session as the journal has it then.

    One that is ``killed`` was stopped and did not come to write that.
    """
    pressing = Pressing(*presses)
    with recording(session, print, CHOSEN, CLOCK) as kept, Studio(QUICKLY, print) as studio:
        player = pressing.player = studio.player(session, Listeners(kept.listener, pressing), CLOCK)
        summary, ident = player.run(), kept.written.id
        if not killed:
            kept.close(summary)
    with Journal.open(store.file(), print) as journal:
        return journal.session(ident)


def started(path, coaching=Explaining.SHORT):
    person, how = Profile(), prepare.settings_for(coaching, print, CLOCK.moment())
    decide = prepare.deciding(person, print, CLOCK.today())
    return prepare.session_for(person, str(path), how, CHOSEN.rate, decide=decide)


def left_of(path, *presses, coaching=Explaining.SHORT):
    """What is left after some keys, and a kill."""
    perform(started(path, coaching), *presses, killed=True)
    return going_on()


def going_on():
    return resume.session_resuming(found(), None, CHOSEN, print, CLOCK.moment())


def found(name=""):
    """The session that was interrupted."""
    return resume.unfinished(print, CLOCK.moment(), name)


def sheet(session):
    return [(work.exercise.key, work.block, work.set_number) for work in works(session.steps)]


REST_OF_BRIDGES, LAST = BRIDGES[1:] + LIFTS + MORE_BRIDGES + SLIDES, MORE_BRIDGES + SLIDES


@pytest.mark.parametrize(
    ("presses", "expected"),
    [
        ([(REST, 1, 0, HURTS), (WORK, 2, 1, STOP)], LIFTS + SLIDES),
        ([(BRIEFING, 1, 0, HURTS, STOP)], LIFTS + SLIDES),
        ([(WORK, 2, 1, HURTS), (WORK, 3, 1, STOP)], LAST),
        ([(REST, 1, 0, HARDER), (BRIEFING, 1, 0, STOP)], ALL_ON_ONE_LEG),
        ([(REST, 1, 0, HARDER), (BRIEFING, 1, 0, EASIER, STOP)], REST_OF_BRIDGES),
        ([(BRIEFING, 1, 0, NEXT), (BRIEFING, 2, 0, STOP)], LIFTS + LAST),
        ([(WORK, 1, 2, REPEAT), (WORK, 1, 1, STOP)], BRIDGES[:1] + REST_OF_BRIDGES),
        ([(BRIEFING, 2, 0, BACK), (REST, 1, 0, STOP)], REST_OF_BRIDGES),
    ],
    ids=lambda each: " ".join(key for press in each for key in press[3:]),
)
def test_it_goes_on_as_it_was_left(mine, presses, expected):
    """Also when it was stopped again at once."""
    left = left_of(mine, *presses)
    assert sheet(left) == expected
    perform(left, (SegmentKind.INTRO, 0, 0, STOP), killed=True)
    assert sheet(going_on()) == expected


@pytest.mark.parametrize(
    ("presses", "expected"),
    [
        ([(WORK, 2, 1, STOP)], (4, 9, False)),  # after the first of its sides
        ([(WORK, 1, 2, HURTS), (WORK, 2, 1, STOP)], (2, 5, True)),
        ([(REST, 1, 0, HURTS), (BRIEFING, 2, 0, STOP)], (2, 5, True)),  # which no set ended with
        ([(BRIEFING, 2, 0, NEXT), (BRIEFING, 3, 0, STOP)], (6, 9, False)),
    ],
    ids=range(4),
)
def test_what_is_left_is_told_in_the_numbers_of_the_journal_and_of_the_session(mine, presses, expected):
    stopped = perform(started(mine), *presses)
    told = resume.interrupted(print, CLOCK.moment(), CHOSEN)
    assert (told.set_number, told.sets, told.painful) == expected
    ended = perform(told.left)
    assert ended.sets_planned == told.sets
    assert told.minutes == whole_minutes(ended.seconds - stopped.seconds)
    assert resume.interrupted(print, CLOCK.moment(), CHOSEN) is None


def test_on_a_sore_day_nobody_should_go_on_by_default(mine):
    perform(started(mine), (WORK, 2, 1, STOP))
    with Journal.open(store.file(), print) as journal:
        kept = journal.latest()
        for before, painful in ((Before(pain=8, flare=True), True), (Before(pain=2), False)):
            journal.update(replace(kept, before=before))
            assert resume.interrupted(print, CLOCK.moment(), CHOSEN).painful is painful


def test_what_was_planned_counts_without_what_hurt_and_a_form_counts_for_what_it_replaces(mine):
    session = perform(left_of(mine, (REST, 1, 0, HARDER), (WORK, 2, 1, HURTS), (BRIEFING, 3, 0, STOP)))
    assert session.finished
    assert [(each.exercise, each.written, each.sides) for each in session.sets if each.block in {1, 3}] == [
        ("glute_bridge", "glute_bridge", 1),
        *[(ONE_LEG, "glute_bridge", 2)] * 8,
    ]
    assert session.sets_planned == 7


def test_how_much_is_explained_stays_unless_another_is_asked_for(mine):
    for asked, coaching in (("full", "full"), ("full", "short")):
        left_of(mine, (WORK, 2, 1, STOP), coaching=Explaining(asked))
        other = None if asked == coaching else Explaining(coaching)
        left = resume.session_resuming(found(), other, CHOSEN, print, CLOCK.moment())
        told = [step.coaching for step in left.steps if isinstance(step, Briefing) and step.block == 4]
        assert told == [coaching]


HOLD = """
import sys
from voicecoach.clock import SystemClock
from voicecoach.app.record import recording
from voicecoach.app import prepare
from voicecoach.settings.table import SessionSettings
from voicecoach.routine.profile import Profile
from voicecoach.timeline.expand import Settings
session = prepare.session_for(Profile(), sys.argv[1], Settings(), 165)
with recording(session, print, SessionSettings(), SystemClock()) as kept:
    print("playing", flush=True)
    sys.stdin.read()
"""


def test_a_session_that_is_played_elsewhere_is_not_interrupted_and_cannot_go_on_twice(mine):
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(mine)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as elsewhere:
        assert elsewhere.stdout.readline() == "playing\n"
        assert found() is None
        with Journal.open(store.file(), print) as journal:
            kept = journal.latest()
        left = resume.session_resuming(kept, None, CHOSEN, print, CLOCK.moment())
        with (
            pytest.raises(UsageError, match="goes on in another window"),
            recording(left, print, CHOSEN, CLOCK),
        ):
            pass
        elsewhere.kill()
    assert found().id == kept.id
    with recording(left, print, CHOSEN, CLOCK) as again:
        assert again.written.id == kept.id


def failing(session, *done):
    """Play a session until an error ends it, after what was ``done``; all that the journal has then."""
    with suppress(RuntimeError), recording(session, print, CHOSEN, CLOCK) as kept:
        for each in done:
            kept.listener.set_ended(SetResult(work=each, reps=2, frames=960, ending=Ending.DONE))
        raise RuntimeError("no loudspeaker")
    with Journal.open(store.file(), print) as journal:
        return journal.sessions()


def test_a_session_that_could_not_begin_leaves_nothing(mine):
    assert failing(started(mine)) == ()


def test_an_interrupted_session_that_could_not_go_on_is_as_it_was(mine):
    kept = perform(started(mine), (WORK, 1, 2, STOP))
    assert failing(going_on()) == (kept,)
    assert kept.ended is not None


def test_what_was_done_until_an_error_stays(mine):
    session = started(mine)
    (kept,) = failing(session, works(session.steps)[0])
    assert ([each.exercise for each in kept.sets], kept.ended) == (["glute_bridge"], None)


@pytest.fixture
def opened_later(monkeypatch):
    """The journal cannot be opened at the start of a session."""
    opened, first = Journal.open, iter([JournalError("Your journal cannot be opened.")])

    def opens_later(*how, **more):
        if error := next(first, None):
            raise error
        return opened(*how, **more)

    monkeypatch.setattr(Journal, "open", opens_later)


@pytest.mark.usefixtures("opened_later")
def test_what_was_done_until_an_error_is_written_where_it_could_not_be_at_the_start(mine):
    session = started(mine)
    (kept,) = failing(session, works(session.steps)[0])
    assert [each.exercise for each in kept.sets] == ["glute_bridge"]


@pytest.mark.usefixtures("opened_later")
def test_what_is_left_is_written_where_it_could_not_be_at_the_start(mine):
    perform(started(mine), (WORK, 1, 2, STOP))
    assert sheet(going_on()) == REST_OF_BRIDGES


def test_where_nothing_can_be_locked_sessions_are_played_all_the_same(mine, monkeypatch):
    def no_locks(path, number):
        raise OSError("this file system has no locks")

    monkeypatch.setattr("voicecoach.safefiles.claimed", no_locks)
    assert sheet(left_of(mine, (WORK, 4, 1, STOP))) == SLIDES


def test_a_session_that_is_no_longer_in_the_journal_is_written_into_it_whole(mine):
    stopped = perform(started(mine), (WORK, 1, 2, STOP))
    left = going_on()
    with Journal.open(store.file(), print) as journal:
        journal.remove(stopped.id)
    with recording(left, pytest.fail, CHOSEN, CLOCK) as again, Studio(QUICKLY, print) as studio:
        again.close(studio.player(left, again.listener, CLOCK).run())
    with Journal.open(store.file(), print) as journal:
        (kept,) = journal.sessions()
    assert kept.sets[: len(stopped.sets)] == stopped.sets
    assert (kept.finished, len(kept.sets)) == (True, len(again.written.sets))


SKIPS = [(BRIEFING, block, 0, NEXT) for block in (1, 2, 3, 4)]


def test_a_session_that_was_skipped_to_its_end_is_not_done_and_goes_on_from_its_start(mine):
    """Also when it is resumed and skipped again; done at last, it is done."""
    skipped = perform(started(mine), *SKIPS)
    for _ in range(2):
        assert outcome(skipped) is Outcome.STOPPED
        assert (skipped.finished, skipped.sets) == (False, ())
        assert not stats.trained(skipped)
        assert not stats.is_rest(skipped)
        left = going_on()
        assert sheet(left) == BRIDGES + LIFTS + MORE_BRIDGES + SLIDES
        assert not any(step.idle for step in left.steps if isinstance(step, Outro))
        skipped = perform(left, *SKIPS)
    done = perform(going_on())
    assert done.finished
    assert len(done.sets) == 11


def test_what_was_done_before_stays_when_the_rest_is_skipped_after_an_interruption(mine):
    perform(started(mine), (WORK, 2, 1, STOP))
    stopped = perform(going_on(), *SKIPS[1:])
    assert (stopped.finished, len(stopped.sets)) == (False, 3)
    assert sheet(going_on()) == LIFTS + LAST


def test_who_skips_only_the_last_of_it_is_done(mine):
    assert perform(
        started(mine), (BRIEFING, 2, 0, NEXT), (BRIEFING, 3, 0, NEXT), (BRIEFING, 4, 0, NEXT)
    ).finished


def test_who_takes_back_that_it_hurt_has_a_session_in_which_nothing_did(mine):
    session = perform(started(mine), (WORK, 2, 1, HURTS), (SegmentKind.SAY, 2, 0, Command.UNDO))
    assert session.finished
    assert {each.ending for each in session.sets} == {Ending.DONE}
    with Journal.open(store.file(), print) as journal:
        pressed = [each.command for each in journal.events(session.id)]
    assert pressed == ["undo"]
    assert not resume.is_painful(session, prepare.known(print, CLOCK.today()), print, CLOCK.today())
