"""Copies of the journal: the same records come back."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from fakes.journal import MONDAY, session_on, sets_of
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.app.belongings import Folders
from voicecoach.app.restore import restore
from voicecoach.errors import FileError
from voicecoach.journal.export import FORMAT, agreements_in, as_json, from_json, lifted_in, weakness_in
from voicecoach.journal.records import (
    Agreed,
    Agreement,
    Before,
    Choice,
    Decision,
    DoseChange,
    Event,
    Felt,
    Happening,
    Leg,
    Lifted,
    Remark,
    RemarkTopic,
    SetDone,
    Weakness,
    Wish,
    tally,
)
from voicecoach.journal.store import Journal
from voicecoach.language.phrases import Message
from voicecoach.routine.dose import Dose
from voicecoach.routine.files.library import Library
from voicecoach.routine.instructions import AgreedPain, Instructions
from voicecoach.routine.model import Round
from voicecoach.session.listener import Ending
from voicecoach.training.stats import length

BRIDGE = Library.default().exercise("glute_bridge")
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
SCALES = st.none() | st.integers(0, 10)
LEGS = st.none() | st.sampled_from(Leg)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)).map(  # noqa: DTZ001 - hypothesis wants them bare
    lambda moment: moment.replace(microsecond=0, tzinfo=UTC)
)
SECONDS = st.floats(0, 1e5, allow_nan=False)
FELT = st.builds(Felt, worst_pain=SCALES, effort=SCALES, leg=LEGS, form_ok=st.none() | st.booleans())
DOSES = st.builds(
    Dose,
    reps=st.lists(st.integers(1, 99), min_size=1, max_size=5).map(tuple),
    hold=st.none() | SECONDS,
    load=SECONDS,
)
SETS = st.builds(
    SetDone,
    exercise=st.sampled_from(["bird_dog", "plank"]),
    written=st.sampled_from(["bird_dog", "plank"]),
    block=st.integers(0, 2),
    rounds=st.lists(
        st.builds(Round, st.integers(1, 9), st.integers(1, 9), st.none() | SECONDS), max_size=2
    ).map(tuple),
    set_number=st.integers(1, 3),
    sets=st.integers(1, 3),
    side=st.sampled_from(["", "left", "right"]),
    sides=st.integers(1, 2),
    reps=st.integers(0, 20),
    reps_planned=st.integers(0, 20),
    seconds=st.integers(0, 1000).map(float),
    ending=st.sampled_from(Ending),
    at=MOMENTS,
    felt=FELT,
)
MESSAGES = st.builds(
    lambda code, text, inside, n: Message(code, text=text, why=(Message(inside, n=n),) * n),
    st.sampled_from(["verbatim", "reason.held", "of.a.later.version"]),
    TEXTS,
    st.sampled_from(["reason.missed", "step.none"]),
    st.integers(0, 9),
)
DECISIONS = st.builds(
    Decision,
    written=TEXTS,
    exercise=TEXTS,
    dose=st.none() | DOSES,
    level=st.none() | DOSES,
    change=st.sampled_from(DoseChange),
    reason=MESSAGES,
    based_on=st.lists(MESSAGES, max_size=2).map(tuple),
    one_round=st.booleans(),
)
PAINS = st.none() | st.integers(0, 10)
INSTRUCTIONS = st.builds(
    Instructions,
    by=TEXTS,
    written=st.none() | st.just(MONDAY),
    precautions=st.lists(TEXTS, max_size=2).map(tuple),
    until=st.none() | st.just(MONDAY),
    pain=st.builds(AgreedPain, go=PAINS, stop=PAINS, say=TEXTS, morning=st.booleans()),
)
SESSIONS = st.builds(
    lambda day, said, **known: replace(session_on(day), before=said, **known),
    day=st.integers(0, 30),
    said=st.builds(Before, pain=SCALES, leg=LEGS),
    after=FELT,
    routine=TEXTS,
    comment=TEXTS,
    seconds=SECONDS,
    sets_planned=st.integers(0, 50),
    ended=st.none() | MOMENTS,
    finished=st.booleans(),
    instructions=INSTRUCTIONS,
    sets=st.lists(SETS, max_size=6).map(tuple),
    decisions=st.lists(DECISIONS, max_size=2).map(tuple),
)
EVENTS = st.builds(Event, at=MOMENTS, what=st.sampled_from(Happening), command=TEXTS, why=TEXTS)
AGREEMENTS = st.builds(Agreement, at=MOMENTS, said=st.sampled_from(Agreed))
WEAKNESS = st.builds(Weakness, at=MOMENTS, present=st.booleans())
LIFTED = st.builds(Lifted, at=MOMENTS, source=TEXTS, until=st.just(MONDAY), lifted=st.booleans())
REMARKS = st.builds(Remark, at=MOMENTS, about=st.sampled_from(RemarkTopic), since=st.just(MONDAY))
CHOICES = st.builds(Choice, at=MOMENTS, written=TEXTS, wish=st.sampled_from(Wish), dose=st.none() | DOSES)


def everything(journal):
    sessions = journal.sessions()
    events = [journal.events(session.id) for session in sessions]
    said = journal.choices(), journal.agreements(), journal.remarks(), journal.weakness(), journal.lifted()
    return sessions, events, *said


@given(
    sessions=st.lists(SESSIONS, max_size=4),
    events=st.lists(EVENTS, max_size=2),
    choices=st.lists(CHOICES, max_size=2),
    between=st.tuples(*(st.lists(each, max_size=2) for each in (AGREEMENTS, REMARKS, WEAKNESS, LIFTED))),
    since=st.none() | st.integers(0, 30).map(lambda days: MONDAY + timedelta(days)),
)
def test_everything_comes_back_and_the_database_counts_as_we_do(
    tmp_path_factory, sessions, events, choices, between, since
):
    agreements, remarks, weakness, lifted = between
    folder = tmp_path_factory.mktemp("copies")
    with Journal.open(folder / "journal.db", pytest.fail) as journal:
        begun = tuple(map(journal.begin, sessions))
        for new in begun:
            for event in events:
                journal.add_event(new.id, event)
        for choice in choices:
            journal.choose(choice)
        for agreement in agreements:
            journal.agree(agreement)
        for remark in remarks:
            journal.remark(remark)
        for answer in weakness:
            journal.say_weak(answer)
        for answer in lifted:
            journal.say_lifted(answer)
        before = everything(journal)
        assert before[0] == tuple(sorted(begun, key=lambda each: (each.started, each.id)))
        assert journal.overview() == tuple(replace(each, sets=(), decisions=()) for each in before[0])
        assert journal.latest() == (before[0] or (None,))[-1]
        assert before[1] == [tuple(events)] * len(sessions)
        said = (choices, agreements, remarks, weakness, lifted)
        assert before[2:] == tuple(map(tuple, said))
        recorded = tuple(zip(*before[:2], strict=True))
        written = as_json(recorded, before[3], before[5], before[6])
        assert from_json(written) == tuple(
            (replace(each, seconds=length(each)), told) for each, told in recorded
        )
        assert agreements_in(written) == before[3]
        assert weakness_in(written) == before[5] or not weakness
        assert lifted_in(written) == before[6]
        later = journal.sessions(since)
        assert journal.tallies(since) == {each.id: tally(each.sets) for each in later if each.sets}
        assert journal.count(since) == len(later)
        newest = journal.newest(since=since)
        assert {each.id for each in newest} == {each.id for each in later}
        assert [each.started for each in newest] == sorted((each.started for each in newest), reverse=True)
        assert journal.newest(2, since) == newest[:2]
        journal.backup(folder / "copy.db")
        journal.begin(session_on(0))
    home = Folders(folder, folder)
    assert restore(folder / "copy.db", MONDAY, pytest.fail, home).aside
    with Journal.open(folder / "journal.db", pytest.fail) as journal:
        assert everything(journal) == before


def test_what_earlier_versions_kept_of_weakness_is_read():
    asked = session_on(9)
    asked = replace(asked, before=replace(asked.before, weak=False))
    begun, later = session_on(0).started, session_on(7).started
    earlier = json.loads(as_json([(asked, ())], [Agreement(at=begun, said=Agreed.BEGIN)]))
    earlier["pace"].append({"at": later.isoformat(), "said": "weak"})
    written = json.dumps(earlier)
    assert agreements_in(written) == (Agreement(at=begun, said=Agreed.BEGIN),)
    assert weakness_in(written) == (
        Weakness(at=later, present=True),
        Weakness(at=asked.started, present=False),
    )


def test_a_session_noted_by_hand_and_one_of_an_earlier_version_are_read():
    recorded = ((replace(session_on(0, sets_of(BRIDGE)), by_hand=True), ()),)
    earlier = re.sub('"sides": 1, *', "", as_json(recorded))
    assert "sides" not in earlier
    assert from_json(earlier) == from_json(as_json(recorded)) == recorded


WRITTEN = as_json([(session_on(0, sets_of(BRIDGE)), ())])


@pytest.mark.parametrize(
    ("keys", "value", "says"),
    [
        (["format"], FORMAT + 1, "written by a newer voicecoach .* Update voicecoach"),
        (["format"], "1", "no record of sessions"),
        (["sessions"], None, "no record of sessions"),
        (["sessions", 0, "how_it_ended"], "well", "'well' is not a valid Outcome"),
        (["sessions", 0, "started"], "2026-03-02T08:00:00", "is no datetime"),
        (["sessions", 0, "after", "effort"], "5", "'5' is no int"),
        (["sessions", 0, "before", "leg"], "ear", "EAR"),
        (["sessions", 0, "sets", 0, "load_kg"], [], r"\[\] is no float"),
        (["sessions", 0, "decisions"], {}, "is no list"),
    ],
)
def test_what_is_no_record_or_newer_is_refused(keys, value, says):
    inner = written = json.loads(WRITTEN)
    for key in keys[:-1]:
        inner = inner[key]
    inner[keys[-1]] = value
    with pytest.raises(FileError, match=says):
        from_json(json.dumps(written))
