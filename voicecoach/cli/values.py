"""What the values of options have in common: whole numbers in their limits, and none that is empty."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Final

import typer

from voicecoach.text import quoted

_DIGITS: Final = 9
"""The most digits that are read: Python refuses thousands of them."""
_MAY_BE_EMPTY: Final = frozenset({"comment"})
"""An empty comment takes the former one back."""


def whole(least: int, most: int) -> Callable[[object], int]:
    """Return what reads a whole number in these limits, which are included."""

    def read(given: object) -> int:
        text = str(given).strip()
        if text.isascii() and text.isdigit() and len(text) <= _DIGITS and least <= int(text) <= most:
            return int(text)
        raise typer.BadParameter(f"{quoted(str(given))} is not a whole number from {least} to {most}.")

    return read


def none_empty(command: Any) -> Any:  # noqa: ANN401 - a command of click, or of the copy that newer typers bring
    """Let ``command``, and those in it, refuse an option that is given with nothing in it, and return it.

    A script whose variable is not set gives one.
    """
    for parameter in command.params:
        if parameter.param_type_name == "option" and parameter.name not in _MAY_BE_EMPTY:
            parameter.type_cast_value = partial(_cast, parameter, parameter.type_cast_value)
    for each in getattr(command, "commands", {}).values():
        none_empty(each)
    return command


def _cast(parameter: Any, cast: Callable[[Any, Any], Any], context: Any, given: Any) -> Any:  # noqa: ANN401 - see above
    source = context.get_parameter_source(parameter.name)
    if source is not None and source.name == "COMMANDLINE":
        for each in given if isinstance(given, (list, tuple)) else (given,):
            if isinstance(each, str) and not each.strip():
                raise typer.BadParameter("it is empty. Leave it out, or give it a value.", context, parameter)
    return cast(context, given)
