"""``voicecoach today``."""

from __future__ import annotations

import shlex

from voicecoach import cli
from voicecoach.app import agenda, plan, remarks, weakness
from voicecoach.cli import page
from voicecoach.cli.notices import to_stderr
from voicecoach.settings import file


def today() -> None:
    """Say what is due today.

    Your plan has a goal for each week. A day that was missed is made up for later in the week, or forgiven.
    """
    following, now = plan.following(), cli.clock.moment()
    due, say = agenda.at(following, to_stderr, now), file.own_phrases()
    waits = weakness.shown(to_stderr, now, say)
    page.show("\n".join((*waits, *due.lines)))
    for once in remarks.on_screen(following, to_stderr, now):
        page.show(say.tell(once))
    for routine in due.due.routines[:1]:
        page.show(f"To play it: voicecoach play {shlex.quote(routine)}")
    if due.by_hand:
        page.show(due.by_hand)
