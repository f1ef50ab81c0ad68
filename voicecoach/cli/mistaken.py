"""What is told of the words of an option that are not understood.

It stands apart from the values of options, as the help has to load nothing of routines.
"""

from __future__ import annotations

from voicecoach.errors import UsageError
from voicecoach.language.phrases import capitalised
from voicecoach.routine.files.located_yaml import Mistakes


def not_meant(error: Mistakes) -> UsageError:
    """Return the error that tells each of the mistakes in a line of its own."""
    said = (f"{capitalised(each.wrong)}: {each.expected}" for each in error.mistakes)
    return UsageError("\n".join(text if text.endswith("?") else f"{text}." for text in said))
