"""The words in braces that stand for a side, such as ``{side}``: they are no mappings of YAML.

Before the parser sees a text their braces are replaced by two characters that nobody types, one for one, so
that every place stays where it is: ``position: [Stand on your {side} leg.]`` is a list with one sentence.
"""

from __future__ import annotations

import re
from typing import Final

WORKED: Final = frozenset({"side", "other"})
"""The side that is worked, and the other one."""
IN_TEXT: Final = re.compile(rf"\{{(?:{'|'.join(sorted(WORKED))})\}}")
"""Either of them in a text."""
AFFECTED: Final = frozenset({"affected", "operated", "painful"})
"""The side that a routine names as ``side``."""
UNAFFECTED: Final = frozenset({"unaffected"})
"""The side opposite to it."""

_OPEN, _CLOSE = "\ue0f5", "\ue0f6"
_NAMES: Final = "|".join(sorted(WORKED | AFFECTED | UNAFFECTED))
_WRITTEN: Final = re.compile(rf"\{{({_NAMES})\}}")
_HIDDEN: Final = re.compile(rf"{_OPEN}({_NAMES}){_CLOSE}")


def hidden(text: str) -> str:
    """Return ``text`` with each placeholder as a plain word, in as many characters."""
    return _WRITTEN.sub(rf"{_OPEN}\1{_CLOSE}", text)


def shown(text: str) -> str:
    """Return ``text`` with each hidden placeholder as it was written."""
    return _HIDDEN.sub(r"{\1}", text)
