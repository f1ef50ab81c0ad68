"""Records of sessions on a page: each is noted once, and what is amiss in one is refused with a reason."""

import json
import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from voicecoach.app import returned
from voicecoach.errors import FileError
from voicecoach.journal import store
from voicecoach.journal.records import Before, Event, Felt, Happening, Leg, Session, SetDone, Weakness
from voicecoach.journal.returned import LARGEST, as_code, as_text, read, read_from, with_sum
from voicecoach.journal.store import Journal
from voicecoach.routine.files.library import Library
from voicecoach.routine.region import Region
from voicecoach.session.listener import Ending
from voicecoach.settings import profile_file
from voicecoach.settings.profile_file import OwnProfile

NOW = datetime(2026, 9, 14, 19, tzinfo=UTC)
STARTED = datetime(2026, 9, 14, 17, 30, tzinfo=UTC)
RECORD = "0123456789abcdef0123456789abcdef"


def done(number, ending=Ending.DONE, **more):
    told = {"exercise": "cat_camel", "written": "cat_camel", "block": 3, "sets": 2, "reps_planned": 6}
    done = {"reps": 6, "seconds": 40.0, "at": STARTED + timedelta(minutes=number)}
    return SetDone(**{**told, **done, "set_number": number, "ending": ending, **more})


SESSION = Session(
    id=0,
    routine="core",
    version="abc",
    started=STARTED,
    ended=STARTED + timedelta(minutes=12),
    day=date(2026, 9, 14),
    utc_offset=120,
    planned=720.0,
    sets_planned=14,
    seconds=700.0,
    finished=True,
    before=Before(pain=2, leg=Leg.NONE),
    after=Felt(worst_pain=2, effort=4),
    comment="In the garden, Größe ✓",
    sets=(done(1), done(2, Ending.HURT, reps=3)),
)
EVENTS = (Event(at=STARTED, what=Happening.OBEYED, command="hurts"),)
LIBRARY = Library.default()


def text_of(session=SESSION, events=EVENTS, record=RECORD):
    return as_text(record, session, events)


@pytest.fixture
def journal(tmp_path, monkeypatch):
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))
    store.file().parent.mkdir(parents=True, exist_ok=True)
    with Journal.open(store.file(), print) as journal:
        yield journal


def note(journal, text):
    return returned.note(journal, read(text), LIBRARY, NOW, print)


def changed(**fields):
    """The text of a record whose session has other ``fields``, with the right checksum."""
    whole = json.loads(text_of())
    del whole["crc32"]
    whole["sessions"][0] |= fields
    return with_sum(json.dumps(whole))


def of_set(**fields):
    (first, *others) = json.loads(text_of())["sessions"][0]["sets"]
    return changed(sets=[first | fields, *others])


def test_a_session_is_noted_with_its_sets_its_answers_and_what_was_due(journal):
    noted = note(journal, text_of())
    (kept,) = journal.sessions()
    assert kept == noted
    assert replace(kept, id=0, decisions=()) == SESSION
    assert {each.written for each in kept.decisions} >= {"cat_camel"}
    assert journal.events(kept.id) == EVENTS


def test_a_code_says_the_same_also_when_it_was_broken_into_lines():
    code = as_code(text_of())
    assert read(f"  {code[:40]}\n{code[40:90]} \r\n{code[90:]}\n") == read(text_of())
    assert len(code) < len(text_of())


def test_a_record_is_noted_once_and_again_only_when_it_was_taken_back(journal):
    note(journal, text_of())
    with pytest.raises(FileError, match="already in your journal"):
        note(journal, text_of())
    assert journal.count() == 1
    number = journal.newest(limit=1)[0].id
    journal.take_out(number, NOW)
    journal.undo()
    with pytest.raises(FileError, match="already in your journal"):
        note(journal, text_of())
    journal.undo()
    assert note(journal, text_of()).routine == "core"


@pytest.mark.parametrize("text", [changed(ended="2026-09-15T09:30:00+02:00"), of_set(hold=1800.0)])
def test_what_a_page_can_do_is_noted(journal, text):
    """A page that stood paused over night, and a hold of half an hour."""
    now = NOW + timedelta(days=1)
    assert returned.note(journal, read(text), LIBRARY, now, print).routine == "core"


def test_new_weakness_holds_on(journal):
    note(journal, changed(before={"pain": 2, "weak": True}))
    assert [(each.at, each.present) for each in journal.weakness()] == [(STARTED, True)]


def test_what_was_told_of_weakness_is_written_with_the_session_or_neither(journal):
    def cut_off():
        yield Weakness(at=STARTED, present=True)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        journal.add_returned(RECORD, SESSION, EVENTS, NOW, cut_off())
    assert (journal.count(), journal.weakness()) == (0, ())
    note(journal, changed(before={"pain": 2, "weak": True}))
    assert journal.count() == 1


def test_a_no_to_new_weakness_ends_none(journal):
    note(journal, changed(before={"pain": 2, "weak": False}))
    assert journal.weakness() == ()


def test_a_page_that_was_made_without_a_profile_is_for_the_back_also_where_there_is_one(journal):
    profile_file.save(OwnProfile(region=Region.KNEE), print)
    with pytest.raises(FileError, match="another part of the body"):
        note(journal, changed(region="neck"))
    assert note(journal, text_of()).region is Region.BACK


def test_a_file_that_an_editor_marked_as_unicode_is_read(tmp_path):
    path = tmp_path / "record.json"
    path.write_text(text_of(), encoding="utf-8-sig")
    assert read_from(str(path)) == read(text_of())


LATER = STARTED + timedelta(days=3)

REFUSED = {
    "cut off": (text_of()[:-9], "part of it is missing"),
    "no record": ('{"format":1}', "not a record from a voicecoach page"),
    "nothing": ("", "not a record from a voicecoach page"),
    "one letter": (text_of().replace("garden", "gardem"), "damaged"),
    "a code with a letter less": (as_code(text_of())[:-7], "part of it is missing"),
    "a code of nothing": ("vc1.!!", "damaged"),
    "too large": (f"{' ' * LARGEST}{text_of()}", "too large"),
    "a code that unfolds": (as_code(text_of(replace(SESSION, comment="a" * LARGEST))), "too large"),
    "no id": (text_of(record="1"), "record is incomplete"),
    "two sessions": (
        with_sum(
            json.dumps(
                {"format": 1, "page": 1, "record": RECORD, "sessions": 2 * json.loads(text_of())["sessions"]}
            )
        ),
        "has 2 sessions",
    ),
    "a newer page": (with_sum(json.dumps({"format": 1, "page": 9, "record": RECORD})), "newer voicecoach"),
    "a newer format": (
        with_sum(json.dumps({"format": 9, "page": 1, "record": RECORD})),
        "newer voicecoach",
    ),
    "no number": (text_of().replace('"seconds":700.0', '"seconds":NaN'), "damaged"),
    "deep": (with_sum(f'{{"format":1,"page":1,"a":{"[" * 50_000}{"]" * 50_000}}}'), "damaged"),
    "an unknown routine": (changed(routine="abs of steel"), "'abs of steel', which is not here"),
    "a file": (changed(routine="../core.yaml"), "which is not here"),
    "an unknown exercise": (of_set(exercise="burpee_9"), "'burpee_9', which is not in core"),
    "an unknown name": (changed(named="burpee_9"), "'burpee_9', which is not in core"),
    "another region": (changed(region="neck"), "another part of the body"),
    "no region": (changed(region="tail"), "no record of sessions"),
    "the future": (text_of(replace(SESSION, started=LATER, ended=LATER, day=LATER.date())), "still to come"),
    "long ago": (
        changed(
            started="2024-01-01T10:00:00+02:00", ended="2024-01-01T10:30:00+02:00", day="2024-01-01", sets=[]
        ),
        "nothing was done",
    ),
    "more than a year ago": (
        text_of(
            replace(
                SESSION,
                started=STARTED - timedelta(days=400),
                ended=STARTED - timedelta(days=400, minutes=-12),
                day=(STARTED - timedelta(days=400)).date(),
            )
        ),
        "more than a year ago",
    ),
    "another day": (changed(day="2026-09-13"), "began on 2026-09-14 and says 2026-09-13"),
    "no clock": (changed(utc_offset=None), "time zone is missing or wrong"),
    "a clock of nowhere": (changed(utc_offset=10**9), "time zone is missing or wrong"),
    "a whole day from Greenwich": (changed(utc_offset=24 * 60), "time zone is missing or wrong"),
    "the first day of all": (
        changed(started="0001-01-01T00:00:00+00:00", day="0001-01-01", utc_offset=-60),
        "more than a year ago",
    ),
    "the last day of all": (
        changed(started="9999-12-31T23:59:59+00:00", day="9999-12-31", utc_offset=60),
        "still to come",
    ),
    "no end": (changed(ended=None), "when it ended"),
    "the end first": (changed(ended="2026-09-14T10:00:00+02:00"), "when it ended"),
    "two days": (changed(ended="2026-09-16T19:00:00+02:00"), "longer than any session"),
    "more heard": (changed(seconds=9999.0), "more of it was played"),
    "by hand": (changed(how_it_ended="by hand"), "noted by hand"),
    "how": (changed(how_it_ended="somehow"), "no record of sessions"),
    "nothing done": (changed(sets=[]), "nothing was done in it"),
    "many sets": (text_of(replace(SESSION, sets=1001 * (done(1),))), "more sets than a session"),
    "many planned": (changed(sets_planned=10**6), "more sets than a session"),
    "a long comment": (changed(comment="a" * 3000), "too long"),
    "pain": (changed(before={"pain": 11}), "from 0 to 10, not 11"),
    "effort": (changed(after={"effort": -1}), "from 0 to 10, not -1"),
    "the morning": (changed(next_morning=99), "from 0 to 10, not 99"),
    "words for pain": (changed(before={"pain": "much"}), "no record of sessions"),
    "reps": (of_set(reps=9), "more of a set was done"),
    "many reps": (of_set(reps=10**9, reps_planned=10**9), "cannot have reps"),
    "load": (of_set(load_kg=1e9), "cannot have load"),
    "hold": (of_set(hold=-1), "cannot have hold"),
    "an endless set": (text_of().replace('"seconds":40.0', '"seconds":1e999'), "damaged"),
    "infinity": (of_set(seconds=1e400), "damaged"),
    "set 7 of 2": (of_set(set=7), "more of a set was done"),
    "hundreds of digits": (of_set(hold=10**400), "no record of sessions"),
    "reps of hundreds of digits": (of_set(reps=10**400), "cannot have reps 100000000000…"),
    "pain of hundreds of digits": (changed(before={"pain": 10**400}), "not 100000000000…"),
    "a side": (of_set(side="up"), "'up' is no side"),
    "a round": (of_set(rounds=[{"number": 3, "of": 2}]), "round that does not exist"),
    "at night": (of_set(left_at="2026-09-14T03:00:00+02:00"), "a set was before the session"),
    "longer than the session": (of_set(seconds=5000.0), "longer than the session"),
    "done with nothing": (of_set(reps=0, seconds=0.0), "nothing was done"),
    "a letter of a terminal": (changed(version="\x1b[2J"), "characters that do not belong"),
    "half a letter": (of_set(level="\ud800"), "characters that do not belong"),
    "a hidden letter": (of_set(written="cat\u202e_camel"), "characters that do not belong"),
    "a reason": (
        text_of(events=(Event(at=STARTED, what=Happening.REFUSED, command="hurts", why="\x1b[2J"),)),
        "that is not on the page",
    ),
    "a command of another time": (
        changed(events=[{"at": "9999-12-31T23:59:59-23:00", "what": "obeyed", "command": "hurts"}]),
        "a tap in it was before the session",
    ),
    "a command": (
        text_of(events=(Event(at=STARTED, what=Happening.OBEYED, command="rm -r"),)),
        "that is not on the page",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_is_refused_with_a_reason(journal, case):
    text, why = REFUSED[case]
    before = store.file().read_bytes()
    with pytest.raises(FileError, match=why):
        note(journal, text)
    assert store.file().read_bytes() == before
    assert journal.count() == 0


HOSTILE = (None, True, -1, 10**12, 1e300, "", "x" * 5000, "\x1b[2J", [], {}, [[]], {"type": "Before"}, "core")


def places(tree, path=()):
    """Every place in a tree of JSON."""
    yield path
    inside = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in inside:
        yield from places(value, (*path, key))


def damaged(chance):
    """A record with one thing wrong in it: letters, or a value with the right checksum."""
    text = text_of()
    if chance.random() < 0.3:
        at = chance.randrange(len(text))
        return chance.choice([text[:at], text[:at] + chr(chance.randrange(1, 300)) + text[at + 1 :]])
    whole = json.loads(text)
    del whole["crc32"]
    *above, last = chance.choice([*places(whole)][1:])
    tree = whole
    for key in above:
        tree = tree[key]
    if chance.random() < 0.2:
        del tree[last]
    else:
        tree[last] = chance.choice(HOSTILE)
    return with_sum(json.dumps(whole))


def test_hundreds_of_damaged_records_leave_the_journal_as_it_is_or_are_whole(journal):
    """Most are refused. What is taken has nothing wrong in it: another word, or one answer less."""
    chance, refused, empty = random.Random(18), 0, store.file().read_bytes()
    for _ in range(300):
        text = damaged(chance)
        why, noted = "", None
        try:
            noted = note(journal, text)
        except FileError as error:
            why = str(error)
        if noted is None:
            refused += 1
            assert why.isprintable()
            assert store.file().read_bytes() == empty
        else:
            assert journal.sessions() == (noted,)
            assert noted.comment.isprintable()
            journal.undo()
            empty = store.file().read_bytes()
    assert refused > 200
