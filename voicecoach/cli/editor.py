"""Opens a file in the person's editor, or in one that is there."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from voicecoach.cli import streams
from voicecoach.errors import UsageError

_IN_WINDOWS: Final = {"win32": (("notepad",),), "darwin": (("open", "-t"),)}
"""The editors of systems that open a window."""
_IN_A_TERMINAL: Final = (("sensible-editor",), ("nano",), ("vim",), ("vi",))
"""Those of others, easiest first."""
_RETURNS_AT_ONCE: Final = "open"


def open_in_editor(path: Path) -> bool:
    """Open ``path`` in the editor of VISUAL or EDITOR, or in one that is found.

    Return whether the person is done with it. Raises UsageError, which names the file, when no editor starts.
    """
    chosen = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if chosen:
        try:
            _run([*shlex.split(chosen), str(path)])
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise UsageError(
                f"The editor '{chosen}' does not start: {reason}. Open {path} yourself."
            ) from error
        return True
    for editor in _found():
        try:
            ended = _run([*editor, str(path)])
        except OSError:
            continue
        if editor != _IN_A_TERMINAL[0] or not ended.returncode:  # that one fails where it finds no editor
            return editor[0] != _RETURNS_AT_ONCE
    raise UsageError(f"No editor is set. Set EDITOR, or open {path} yourself.")


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, check=False, stderr=streams.child_stderr)  # noqa: S603 - the person's own


def _found() -> list[tuple[str, ...]]:
    """Return the editors that are there; without a terminal only those that open a window."""
    those = _IN_WINDOWS.get(sys.platform) or (_IN_A_TERMINAL if sys.stdin.isatty() else ())
    return [editor for editor in those if shutil.which(editor[0])]
