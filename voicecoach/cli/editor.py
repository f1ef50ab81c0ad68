"""The person's own editor."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

from voicecoach.errors import UsageError


def edit(path: Path) -> None:
    """Open ``path`` in the editor of the environment. Raises UsageError when there is none that starts."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        raise UsageError(f"No editor is set. Set EDITOR, or open {path} yourself.")
    try:
        subprocess.run([*shlex.split(editor), str(path)], check=False)  # noqa: S603 - the person's own editor
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UsageError(f"The editor '{editor}' does not start: {reason}. Open {path} yourself.") from error
