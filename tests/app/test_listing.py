"""What ``list`` remembers, and what makes it work the list out again."""

from datetime import timedelta

import pytest
from fakes.clock import MONDAY_EVENING
from fakes.journal import session_on

from voicecoach import paths
from voicecoach.app import journal, listing
from voicecoach.journal import store
from voicecoach.journal.records import Choice, Leg, Wish
from voicecoach.journal.store import Journal
from voicecoach.routine.files.library import Library
from voicecoach.routine.model import Caution
from voicecoach.settings import file, profile_file
from voicecoach.settings.profile_file import OwnProfile

MINE = (
    "name: Mine\nabout: My own.\nsteps:\n  - exercise: Heel slide\n    rep: slide 1s, back 1s\n    reps: 3\n"
)


@pytest.fixture
def mine(tmp_path, monkeypatch):
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))
    paths.user_routines().mkdir(parents=True)
    path = paths.user_routines() / "mine.yaml"
    path.write_text(MINE)
    real = Library.routines  # of those that are shipped one is enough
    monkeypatch.setattr(Library, "routines", lambda self: tuple(set(real(self)) & {"mine", "more", "quick"}))
    return path


@pytest.fixture
def worked_out(monkeypatch):
    """How often the list was worked out, as often as an entry."""
    times, work_out = [], listing._worked_out

    def counted(*how):
        times.append(1)
        return work_out(*how)

    monkeypatch.setattr(listing, "_worked_out", counted)
    return times


def quietly(text):
    raise AssertionError(text)


def test_it_is_worked_out_once_as_long_as_nothing_changes(mine, worked_out):
    first = listing.rows(quietly, MONDAY_EVENING)
    assert listing.rows(quietly, MONDAY_EVENING) == first
    assert listing.remembered_minutes(quietly, MONDAY_EVENING)["mine"] == next(
        row.minutes for row in first if row.name == "mine"
    )
    assert len(worked_out) == 1


def know(name):
    for _ in range(3):
        journal.note_met([name], print)


def feel(leg):
    with Journal.open(store.file(), print) as kept:
        kept.begin(session_on(MONDAY_EVENING.date(), after_leg=leg))


def wish():
    with Journal.open(store.file(), print) as kept:
        kept.choose(Choice(at=MONDAY_EVENING, written="Heel slide", wish=Wish.KEEP))


def test_the_doses_of_another_day_are_worked_out_anew(mine, worked_out):
    for day in (0, 0, 1):
        listing.rows(quietly, MONDAY_EVENING + timedelta(day))
    assert len(worked_out) == 2


def test_a_morning_and_the_rest_of_the_day_are_worked_out_apart(mine, worked_out):
    for hour in (9, 9, 10, 17, 9):
        listing.rows(quietly, MONDAY_EVENING.replace(hour=hour))
    assert len(worked_out) == 3


@pytest.mark.parametrize(
    "change",
    [
        lambda mine: mine.write_text(MINE.replace("reps: 3", "reps: 90")),
        lambda mine: mine.with_name("more.yaml").write_text(MINE),
        lambda mine: mine.unlink(),
        lambda mine: file.change("speed", "50"),
        lambda mine: profile_file.save(OwnProfile(cautions={Caution.PREG: None}), print),
        lambda mine: know("bird_dog"),
        lambda mine: feel(Leg.THIGH),
        lambda mine: wish(),
        lambda mine: (paths.cache() / "list.json").write_text('{"key": 1}'),
    ],
    ids=["dose", "another", "removed", "setting", "profile", "known", "session", "wish", "damaged"],
)
def test_whatever_it_follows_from_makes_it_anew(mine, worked_out, change):
    listing.rows(quietly, MONDAY_EVENING)
    change(mine)
    again = listing.rows(quietly, MONDAY_EVENING)
    assert len(worked_out) == 2
    assert again == listing._worked_out(quietly, MONDAY_EVENING)


def test_without_a_cache_it_is_worked_out_each_time(mine, worked_out):
    paths.cache().write_text("a file in the place of the folder")
    assert listing.rows(quietly, MONDAY_EVENING) == listing.rows(quietly, MONDAY_EVENING)
    assert len(worked_out) == 2


def test_what_is_noticed_is_told_again_and_a_large_file_is_not_compared(mine, worked_out):
    paths.journal().mkdir()
    told = []
    listing.rows(told.append, MONDAY_EVENING)
    listing.rows(told.append, MONDAY_EVENING)
    assert len(worked_out) == 2
    assert len(told) >= 2
    paths.journal().rmdir()
    mine.write_text(MINE + "#" * 2_000_000)
    listing.rows(quietly, MONDAY_EVENING)
    listing.rows(quietly, MONDAY_EVENING)
    assert len(worked_out) == 4
