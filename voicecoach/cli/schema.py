"""``voicecoach schema``."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from voicecoach.app import prepare
from voicecoach.cli import page
from voicecoach.routine.files.schema import exercise_schema, routine_schema


def schema(
    *,
    exercise: Annotated[
        bool, typer.Option("--exercise", help="The schema of exercise files instead.")
    ] = False,
) -> None:
    """Print the JSON Schema of routine files, for editors.

    With it an editor completes and checks a routine as you type.
    """
    chosen = exercise_schema() if exercise else routine_schema(prepare.library().exercises())
    page.put(json.dumps(chosen, indent=2))
