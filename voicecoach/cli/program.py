"""How this program is started in a new terminal, for what is told to be typed on another day."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

NAME = "voicecoach"
"""The command, where a new terminal finds it."""


def command() -> str:
    """Return what to type in a new terminal: the name alone, or the whole path where that would not be found.

    An environment that is active here is not in a new terminal.
    """
    try:
        home = Path.home()
    except RuntimeError:  # it is unknown, as for a user without an entry in a container
        home = None
    return _command(sys.argv[0], os.environ, home)


def _command(started: str, environment: Mapping[str, str], home: Path | None) -> str:
    program = Path(started)
    if program.stem.lower() != NAME or not program.is_file() or _is_found(environment):
        return NAME
    whole = Path(os.path.abspath(program))  # noqa: PTH100 - a link in a folder of commands stays a link
    if sys.platform == "win32":
        return subprocess.list2cmdline([str(whole)])
    if home is not None and whole.is_relative_to(home):
        short = shlex.quote(str(whole.relative_to(home)))
        return f"~/{short}"
    return shlex.quote(str(whole))


def _is_found(environment: Mapping[str, str]) -> bool:
    """Tell whether the name is found without an active environment."""
    active = [Path(environment[name]) for name in ("VIRTUAL_ENV", "CONDA_PREFIX") if environment.get(name)]
    folders = environment.get("PATH", "").split(os.pathsep)
    kept = [each for each in folders if each and not any(Path(each).is_relative_to(env) for env in active)]
    return shutil.which(NAME, path=os.pathsep.join(kept)) is not None
