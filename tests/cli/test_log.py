"""``voicecoach log`` and ``undo-log`` where a transcript shows too little."""

from dataclasses import replace

import pytest
from fakes.journal import session_on, sets_of
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voicecoach.cli.log import Said, add, correct
from voicecoach.cli.undo_log import undo
from voicecoach.errors import UsageError
from voicecoach.journal.store import Journal
from voicecoach.routine.files.library import Library

PLAYED = session_on(0, sets_of(Library.default().exercise("bird_dog")), pain=1, worst=2, effort=4)


def test_no_text_writes_on_the_terminal(run, journal):
    shown = run("log", "Swim\x1b[2Jming", "--minutes", "40", "--comment", "In  the\tlake \x1b[31m.")
    assert "\x1b" not in shown.out
    assert (journal.latest().routine, journal.latest().comment) == ("Swimming", "In the lake .")


def test_what_was_said_since_stays_when_something_else_is_taken_back(run, journal):
    kept = journal.begin(PLAYED)
    run("log", "--session", "1", "--pain", "9")
    journal.update(replace(journal.session(1), next_morning=4))
    run("undo-log")
    assert journal.session(1) == replace(kept, next_morning=4)


def test_a_session_that_ends_keeps_what_was_corrected(run, journal):
    playing = journal.begin(replace(PLAYED, ended=None, finished=False, seconds=0.0))
    run("log", "--session", "1", "--comment", "Dog barked.")
    journal.end(replace(playing, ended=playing.started, seconds=5.0))
    assert (journal.session(1).comment, journal.session(1).seconds) == ("Dog barked.", 5.0)


SCALES = st.sampled_from([None, "unknown", "0", "7", "10"])
SAID = st.builds(
    Said,
    pain_before=SCALES,
    leg_before=st.sampled_from([None, "unknown", "none", "calf"]),
    pain=SCALES,
    effort=SCALES,
    leg=st.sampled_from([None, "unknown", "back", "foot"]),
    form=st.sampled_from([None, "unknown", "good", "lost"]),
    next_morning=SCALES,
    comment=st.none() | st.text(max_size=20),
)
CHANGES = st.lists(st.tuples(st.sampled_from(["Swimming", "walk", "longer", "1", "last"]), SAID), max_size=6)


@given(changes=CHANGES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_all_that_was_changed_can_be_taken_back(tmp_path_factory, changes):
    with Journal.open(tmp_path_factory.mktemp("journal") / "journal.db", print) as journal:
        journal.begin(PLAYED)
        states = [journal.sessions()]
        for what, said in changes:
            if what in {"Swimming", "walk"}:
                add(journal, replace(said, routine=what, minutes="40"))
            elif what == "longer":
                if journal.latest().by_hand:
                    correct(journal, "last", replace(said, routine="walk", minutes="50"))
            elif said == Said():
                continue
            else:
                correct(journal, what, said)
            if (now := journal.sessions()) != states[-1]:
                states.append(now)
        while len(states) > 1:
            assert journal.sessions() == states.pop()
            undo(journal)
        assert journal.sessions() == states[0]
        with pytest.raises(UsageError):
            undo(journal)
