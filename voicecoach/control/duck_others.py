"""``--duck-others``: lowers other programs during a session, where the sound server can do that.

PulseAudio's module-role-ducking lowers streams of some roles (music and video by default) as long as a stream
of another role exists. The module's arguments name that role.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

MODULE: Final = "module-role-ducking"
ROLE: Final = "a11y"
"""PulseAudio's role for speech that guides a person."""
MODULES_OWN: Final = "phone"
"""The role for which the module lowers others when it is loaded without arguments."""

ELSEWHERE: Final = "Other programs can be lowered on Linux only; turn your music down by hand."
CANNOT_TELL: Final = (
    "The sound server does not say whether other programs are lowered; "
    "if they are not, turn them down by hand."
)
NO_DUCKING: Final = (
    "Other programs are not lowered, because the sound server is not set up for it. "
    f"On PulseAudio, this sets it up: pactl load-module {MODULE}"
)

_ASK_WITHIN: Final = 2.0
"""Seconds for the sound server to answer [own choice]."""


@contextmanager
def others_ducked(notice: Callable[[str], None]) -> Iterator[None]:
    """Make streams opened inside the block lower other programs. Enter it before opening the output.

    ``notice`` gets one line when that does not work or cannot be known.
    """
    if sys.platform != "linux":
        notice(ELSEWHERE)
        yield
        return
    modules = _modules()
    if modules is None:
        notice(CANNOT_TELL)
    role = ROLE if modules is None else trigger(modules)
    if role is None:
        notice(NO_DUCKING)
        yield
        return
    before = os.environ.get("PULSE_PROP")
    os.environ["PULSE_PROP"] = f"{before or ''} media.role={role}".lstrip()
    try:
        yield
    finally:
        if before is None:
            del os.environ["PULSE_PROP"]
        else:
            os.environ["PULSE_PROP"] = before


def trigger(modules: str) -> str | None:
    """Return the role that lowers others, from the output of ``pactl list short modules``, or None."""
    for line in modules.splitlines():
        _, name, arguments, *_ = [*line.split("\t"), "", ""]
        if name == MODULE:
            given = re.search(r"""\btrigger_roles=["']?([^\s"']+)""", arguments)
            roles = re.split("[,/]", given[1]) if given else [MODULES_OWN]
            return ROLE if ROLE in roles else roles[0]
    return None


def _modules() -> str | None:
    """Return the modules loaded into the sound server, or None when it does not say."""
    pactl = shutil.which("pactl")
    if pactl is None:
        return None
    try:
        return subprocess.run(  # noqa: S603 - a fixed command
            [pactl, "list", "short", "modules"],
            check=True,
            capture_output=True,
            text=True,
            timeout=_ASK_WITHIN,
            env=os.environ | {"LC_ALL": "C.UTF-8"},
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
