"""HTML and SVG from Python: what is text is escaped, so nothing that a person wrote can become markup."""

from __future__ import annotations

import re
from html import escape
from typing import Final, NewType

Markup = NewType("Markup", str)
"""Text that is HTML or SVG already: made by this module, or a constant; never what a person wrote."""

NOTHING: Final = Markup("")

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML does not allow, or a browser would not show."""


def text(plain: str) -> Markup:
    """``plain`` as it is, for a reader."""
    return Markup(escape(_CONTROL.sub("", plain)))


def join(*parts: Markup) -> Markup:
    """Some pieces, one after the other."""
    return Markup("".join(parts))


def tag(name: str, *children: Markup, **attributes: str | float | None) -> Markup:
    """An element with what is in it.

    Attributes are named as in Python: ``class_`` is ``class``, ``stroke_width`` is ``stroke-width``. Numbers
    are rounded to tenths; None leaves an attribute out.
    """
    written = (
        f' {key.rstrip("_").replace("_", "-")}="{text(_value(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Markup(f"<{name}{''.join(written)}>{''.join(children)}</{name}>")


def _value(value: str | float) -> str:
    return value if isinstance(value, str) else f"{round(value, 1):g}"
