"""Fills in the templates of pages that are read in a browser or on paper."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from voicecoach.text import Use, clean

_FOLDER: Final = Path(__file__).with_name("templates")


@cache
def source(name: str) -> str:
    """Return a file beside the templates as it is: a script or styles of our own."""
    return (_FOLDER / name).read_text(encoding="utf-8")


@cache
def _templates() -> Environment:
    """Load the templates. Blanks are escaped, so that nothing a person wrote can become markup."""
    return Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: value if hasattr(value, "__html__") else clean(str(value), Use.PAGE),
        trim_blocks=True,
        lstrip_blocks=True,
    )


def filled_in(template: str, **blanks: object) -> str:
    """Return a page as HTML, which loads nothing."""
    return _templates().get_template(template).render(**blanks)
