"""Mends the script by which zsh completes, as typer installs it: the first Tab in a new shell did nothing.

zsh reads the script when the command is completed for the first time, and takes it for the function that
completes; typer's only defines that function.
"""

from __future__ import annotations

from typing import Final

OPTIONS: Final = frozenset({"--install-completion", "--show-completion"})
"""What prints or installs such a script."""
_NOW: Final = """
if [ "$funcstack[1]" = "_%(prog_name)s" ]; then
  %(complete_func)s "$@"
fi
"""
"""Nothing is being completed while ``eval`` reads the script."""


def mend() -> None:
    """Let the script for zsh complete as soon as it is read."""
    from typer import _completion_shared  # noqa: PLC0415 - which nothing else needs

    scripts = _completion_shared._completion_scripts  # noqa: SLF001 - typer offers no other way
    scripts["zsh"] = scripts["zsh"].removesuffix(_NOW) + _NOW
