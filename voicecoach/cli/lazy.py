"""Commands whose modules are imported only when they run, or are asked for their help."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup


class LazyEntry(NamedTuple):
    """One command in a table."""

    name: str
    help: str
    """The first sentence of the command's docstring, which the help of its group shows."""
    target: str = ""
    """``"module:name"`` in this package: a function or a typer app; both are named like the command when
    nothing is said.
    """

    def load(self) -> Any:  # noqa: ANN401 - a command of click, or of the copy that newer typers bring
        """Import the command, ready to run."""
        own = self.name.replace("-", "_")
        module, _, name = (self.target or f"{own}:{own}").partition(":")
        found = getattr(import_module(f"voicecoach.cli.{module}"), name)
        if isinstance(found, typer.Typer):
            return typer.main.get_command(found)
        alone = typer.Typer(add_completion=False, rich_markup_mode=None)
        alone.command(self.name)(found)
        return typer.main.get_command(alone)


def group(entries: Sequence[LazyEntry]) -> type[TyperGroup]:
    """A group of the commands in ``entries``, in their order.

    Its help and its completion know their names and sentences, and import nothing.
    """

    class LazyGroup(TyperGroup):
        def __init__(self, **attributes: Any) -> None:  # noqa: ANN401 - those of every group
            super().__init__(**attributes)
            self.commands = {each.name: TyperCommand(each.name, help=each.help) for each in entries}

        def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401 - see LazyEntry.load
            name, command, rest = super().resolve_command(ctx, args)
            entry = next((each for each in entries if each.name == name), None)
            return name, entry.load() if entry else command, rest

    return LazyGroup
