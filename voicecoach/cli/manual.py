"""The pages of ``docs`` and the README, which come with the program, as plain text for a terminal."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from voicecoach import paths
from voicecoach.cli import page, table
from voicecoach.paragraph import cells, columns, filled

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

_UNDERLINES: Final = {"h1": "=", "h2": "-"}


@dataclass(frozen=True)
class Topic:
    """A page that ``voicecoach help`` shows."""

    path: Path

    @property
    def name(self) -> str:
        """How it is called there."""
        return self.path.stem.lower()

    @property
    def title(self) -> str:
        """The heading of the page."""
        with self.path.open(encoding="utf-8") as file:
            return file.readline().lstrip("#").strip()

    @property
    def names(self) -> Sequence[str]:
        """All names it goes by; other pages and messages say where it lies."""
        return self.name, self.title, self.path.name, f"docs/{self.path.name}"

    def show(self) -> None:
        """Print the page on stdout."""
        width = columns(sys.stdout)
        page.put("\n".join(_lines(self.path.read_text(encoding="utf-8"), width)).rstrip())


def topics() -> tuple[Topic, ...]:
    """Return the pages, the README first; the one in ``docs`` lists what is listed here."""
    docs = sorted(paths.shipped("docs").glob("*.md"))
    return tuple(map(Topic, (paths.shipped("README.md"), *(each for each in docs if each.stem != "README"))))


def _lines(markdown: str, width: int | None) -> Iterator[str]:
    """Yield the lines of a page of Markdown at this width; None leaves paragraphs whole."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - to list the pages takes none of it
    from markdown_it.tree import SyntaxTreeNode  # noqa: PLC0415

    root = SyntaxTreeNode(MarkdownIt("commonmark").enable("table").parse(markdown))
    for block in root.children:
        found = [*_block(block, width)]
        yield from (*found, "") if any(found) else ()


def _block(block: SyntaxTreeNode, width: int | None, indent: int = 0) -> Iterator[str]:
    """Yield the lines of one block behind ``indent`` columns."""
    match block.type:
        case "heading":
            text = _text(block)
            yield from filled(text, width, indent=indent).split("\n")
            if line := _UNDERLINES.get(block.tag):
                yield line * min(cells(text), width or cells(text))
        case "fence" | "code_block":
            code = block.content.rstrip("\n")
            yield from filled(code, width, indent=indent + 4, hang=8).split("\n")
        case "bullet_list" | "ordered_list":
            yield from _items(block, width, indent)
        case "table":
            yield from _table(block, width, indent)
        case "paragraph":
            yield from filled(_text(block), width, indent=indent).split("\n")
        case _:
            for number, inner in enumerate(block.children):
                if number:
                    yield ""
                yield from _block(inner, width, indent + 2)


def _items(block: SyntaxTreeNode, width: int | None, indent: int) -> Iterator[str]:
    """Yield the items of a list, each behind its mark."""
    for number, item in enumerate(block.children, 1):
        mark = f"{number}. " if block.type == "ordered_list" else "* "
        inside = [line for inner in item.children for line in _block(inner, width, indent + len(mark))]
        yield " " * indent + mark + inside[0].lstrip()
        yield from inside[1:]


def _table(block: SyntaxTreeNode, width: int | None, indent: int) -> Iterator[str]:
    """Yield the rows of a table, of which the widest column flows."""
    rows = [[_text(cell) for cell in row.children] for part in block.children for row in part.children]
    headings, *below = rows
    sizes = [max(map(cells, column)) for column in zip(*rows, strict=True)]
    flows = sizes.index(max(sizes))
    yield from table.lines(below, width, headings=headings, indent=indent, flows=flows)


def _text(block: SyntaxTreeNode) -> str:
    """Return the words of a block: code in quotes where it has blanks, a link with where it leads; no
    pictures.
    """
    return "".join(_words(block)).strip()


def _words(node: SyntaxTreeNode) -> Iterator[str]:
    match node.type:
        case "text":
            yield node.content
        case "code_inline":
            yield node.content if re.fullmatch(r"\S+", node.content) else f"'{node.content}'"
        case "softbreak" | "hardbreak":
            yield " "
        case "html_inline":
            yield "; " if node.content.startswith("<br") else ""
        case "image":
            yield ""
        case "link":
            inside, target = "".join(map("".join, map(_words, node.children))), str(node.attrs["href"])
            if not target.startswith("#") and target not in inside:
                inside += f" ({_led_to(target)})"
            yield inside
        case _:
            for inner in node.children:
                yield from _words(inner)


def _led_to(target: str) -> str:
    """Return where a link leads: the command that shows a page, or else what stands there."""
    file = target.partition("#")[0]
    folder, _, called = file.rpartition("/")
    if file == "docs/README.md":
        return "voicecoach help"
    page = next((each for each in topics() if each.path.name == called), None)
    return f"voicecoach help {page.name}" if page and folder in _PAGES else target


_PAGES: Final = ("", "..", "docs")
"""Where pages lie, seen from one of them."""
