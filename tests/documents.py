"""Reads what README.md, CONTRIBUTING.md and docs hold: blocks, words in code, tables, headings and links."""

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
PATHS = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")))
TEXTS = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in PATHS}

_BLOCK = re.compile(r"^```(?P<kind>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A block between two fences."""

    document: str
    kind: str
    """What stands behind the first fence: nothing for commands, or what is written: ``yaml exercise``."""
    text: str


BLOCKS = tuple(
    Block(name, each["kind"].strip(), each["text"])
    for name, text in TEXTS.items()
    for each in _BLOCK.finditer(text)
)


def prose(name: str) -> str:
    """The text of a document without its blocks."""
    return _BLOCK.sub("", TEXTS[name])


def in_code(name: str) -> list[str]:
    """The words in code in the text of a document, each once."""
    found = re.findall(r"`([^`\n]+(?:\n[^`\n]+)?)`", prose(name))
    return list(dict.fromkeys(" ".join(each.split()) for each in found))


def rows(name: str, head: str) -> list[list[str]]:
    """The cells of the table in a document that begins with ``head``."""
    _, there, rest = TEXTS[name].partition(f"{head}\n|---")
    assert there, f"{name} has no table that begins with {head}"
    lines = rest.partition("\n")[2].partition("\n\n")[0].splitlines()
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def anchors(name: str) -> set[str]:
    """The anchors of the headings of a document."""
    titles = re.findall(r"^#+ (.*)$", prose(name), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def links(name: str) -> list[str]:
    """The targets of the links in a document that lead to no other place than this project."""
    return [each for each in re.findall(r"\]\(([^)\s]+)\)", TEXTS[name]) if "://" not in each]


def flat(name: str) -> str:
    """The text of a document in one line, without the marks of emphasis and code."""
    return " ".join(re.sub(r"[*`]", "", TEXTS[name]).split())
