"""``voicecoach backup``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from voicecoach.app.backup import backup as copy
from voicecoach.app.belongings import JOURNAL, called, is_routine
from voicecoach.cli import page, places
from voicecoach.cli.notices import to_stderr
from voicecoach.language.dates import counted
from voicecoach.text import and_list
from voicecoach.units import format_count


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that does not exist yet.")],
) -> None:
    """Copy your journal, plan, profile, settings and own routines into one file.

    It is a zip, which nobody else on this computer can read. A session may go on meanwhile.
    """
    copied = copy(places.at_home(file), to_stderr)
    names = [name for name in copied.names if not is_routine(name)]
    things = [
        f"journal ({counted(copied.sessions, 'session')})" if n == JOURNAL else called(n) for n in names
    ]
    if routines := len(copied.names) - len(names):
        things.append(format_count(routines, "routine file"))
    page.show(f"Copied to {file}: your {and_list(things)}. To bring it back: voicecoach restore {file}")
