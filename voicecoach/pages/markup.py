"""Fills in the templates of pages that are read in a browser or on paper."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from voicecoach.text import Use, clean


@cache
def _templates() -> Environment:
    """Load the templates. Blanks are escaped, so that nothing a person wrote can become markup."""
    return Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=lambda value: value if hasattr(value, "__html__") else clean(str(value), Use.PAGE),
        trim_blocks=True,
        lstrip_blocks=True,
    )


def filled_in(template: str, **blanks: object) -> str:
    """Return a page as HTML, which loads nothing and runs no script."""
    return _templates().get_template(template).render(**blanks)
