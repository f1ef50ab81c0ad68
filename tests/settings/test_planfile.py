"""A person's own plan as a file."""

from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.errors import FileError, RoutineError
from voicecoach.routine.programme import Activity, OwnPlan, PhaseName, Weekday, WeeklyTime
from voicecoach.settings import schedule_file

ROUTINES = ("core", "core-three", "walk")
PLAN = OwnPlan(id="v0123456789ab", programme="back", phase=PhaseName.RESTORE, since=date(2026, 3, 2))
TIMES = st.times().map(lambda at: time(at.hour, at.minute))
DAYS = st.dates(date(2000, 1, 1), date(2199, 12, 31))


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))
    return tmp_path


def activities():
    plain = st.builds(Activity, routine=st.sampled_from(ROUTINES), days=st.integers(1, 3), apart=st.just(2))
    chosen = st.sets(st.sampled_from(Weekday), min_size=1).map(
        lambda on: Activity(routine="walk", days=len(on), on=tuple(sorted(on)))
    )
    times = st.sets(TIMES, min_size=1, max_size=5).map(lambda at: tuple(sorted(at)))
    often = st.builds(
        lambda routine, at: Activity(routine=routine, days=5, times=len(at), at=at),
        st.sampled_from(["/home/me/my knee.yaml", 'C:\\me\\knee "1".yaml', "core"]),
        times,
    )
    daily = st.just(Activity(routine="/home/me/hüfte.yaml", days=7, times=2))
    return st.lists(plain | chosen | often | daily, min_size=1, unique_by=lambda each: each.routine).map(
        tuple
    )


@given(
    st.builds(
        OwnPlan,
        id=st.from_regex(r"v[0-9a-f]{12}", fullmatch=True),
        programme=st.sampled_from(["back", "null", "12", "my-own"]),
        phase=st.sampled_from(PhaseName),
        since=DAYS,
        stay_until=st.none() | DAYS,
        at=TIMES,
        own=st.dictionaries(st.sampled_from(PhaseName), activities()),
        reminded=st.sets(st.sampled_from(Weekday)).map(lambda days: tuple(sorted(days))),
        reminded_at=st.sets(st.builds(WeeklyTime, st.sampled_from(Weekday), TIMES)).map(
            lambda slots: tuple(sorted(slots))
        ),
    )
)
def test_what_is_written_is_read_again(plan):
    assert schedule_file.read(schedule_file.text(plan).encode(), Path("plan.yaml"), ROUTINES) == plan


@given(st.sampled_from(PhaseName), activities(), st.sampled_from(["", "core", "/home/me/calm.yaml"]))
def test_a_plan_of_routines_alone_is_read_again(phase, chosen, sore):
    plan = replace(PLAN, programme="", phase=phase, own={phase: chosen}, sore=sore)
    assert schedule_file.read(schedule_file.text(plan).encode(), Path("plan.yaml"), ROUTINES) == plan


def test_a_plan_of_routines_alone_has_some():
    empty = schedule_file.text(replace(PLAN, programme="")).encode()
    with pytest.raises(RoutineError, match="there is no programme and nothing of your own"):
        schedule_file.read(empty, Path("plan.yaml"), ROUTINES)


def test_a_plan_of_version_0_1_0_is_read():
    lines = (
        line
        for line in schedule_file.text(PLAN).splitlines()
        if not line.startswith(("sore:", "reminded_at:"))
    )
    assert schedule_file.read("\n".join(lines).encode(), Path("plan.yaml"), ROUTINES) == PLAN


def test_no_file_is_no_plan(told):
    assert schedule_file.load(ROUTINES) is None
    schedule_file.save(PLAN, told.append, ROUTINES)
    assert schedule_file.load(ROUTINES) == PLAN
    schedule_file.remove(told.append, ROUTINES)
    schedule_file.remove(told.append, ROUTINES)
    assert schedule_file.load(ROUTINES) is None
    assert told == []


@pytest.mark.parametrize("source", [b"", b"- back", b"\xff", b"phase: [", b"a: &a [*a]"])
def test_what_is_no_plan_is_kept_when_another_is_written(home, told, source):
    path = schedule_file.file()
    path.parent.mkdir(parents=True)
    path.write_bytes(source)
    with pytest.raises(FileError, match="Your plan cannot be understood"):
        schedule_file.load(ROUTINES)
    schedule_file.save(PLAN, told.append, ROUTINES)
    aside = path.with_name("plan.damaged-1.yaml")
    assert aside.read_bytes() == source
    assert told == [f"The plan that could not be understood is kept as {aside}."]
    assert schedule_file.load(ROUTINES) == PLAN
    path.write_bytes(source)
    schedule_file.remove(told.append, ROUTINES)
    assert not path.exists()
    assert path.with_name("plan.damaged-2.yaml").read_bytes() == source


def test_a_folder_that_cannot_be_written_is_said(home, told):
    (home / "data").write_text("not a folder")
    assert schedule_file.load(ROUTINES) is None
    with pytest.raises(FileError, match="Your plan cannot be written"):
        schedule_file.save(PLAN, told.append, ROUTINES)
    schedule_file.remove(told.append, ROUTINES)


def test_the_same_phase_again_is_a_wish_to_stay_for_a_fortnight():
    stays = PLAN.go_to(PhaseName.RESTORE, date(2026, 4, 1))
    assert stays == replace(PLAN, stay_until=date(2026, 4, 15))
    on = stays.go_to(PhaseName.BUILD, date(2026, 4, 2))
    assert (on.phase, on.since, on.stay_until) == (PhaseName.BUILD, date(2026, 4, 2), None)
