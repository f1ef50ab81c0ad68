"""What a player has at hand before it plays."""

from voicecoach.app import prepare
from voicecoach.clock import SystemClock
from voicecoach.language import phrases
from voicecoach.session import audibility
from voicecoach.session.commands import WARY
from voicecoach.session.listener import Listener


def test_what_tells_of_a_loudspeaker_is_rendered_with_a_session_and_not_with_a_remark(studio, quick):
    told = list(map(phrases.load(), audibility.SPOKEN_PHRASES))
    for played, known in ((quick, True), (prepare.remark("Are you well?"), False)):
        made = studio(voice="silent", output="instant")
        assert made.player(played, Listener(), SystemClock()).run().finished
        assert [made.narrator.knows(text) for text in told] == [known, known]


def test_what_it_asks_somebody_whom_it_hears_is_rendered_with_a_session(studio, quick):
    asked = [phrases.load()(f"doubt.{command}") for command in WARY]
    for hears in (False, True):
        made = studio(voice="silent", output="instant")
        if hears:
            made.attended_by(lambda output: None)
        assert made.player(quick, Listener(), SystemClock()).run().finished
        assert [made.narrator.knows(text) for text in asked] == [hears, hears]
