"""The names of phrases that the source uses, read from its text.

A name is written in full (``"news.one"``), or put together (``f"reason.{code}"``). What fills the blank of
such a name is followed through branches, tables, assignments, arguments and results, as far as needed here;
what cannot be followed stands for any word.
"""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

ANY = "*"
"""What cannot be followed."""
_DEPTH = 8


@dataclass
class Module:
    name: str
    tree: ast.Module

    @cached_property
    def inside(self) -> dict[ast.AST, ast.AST]:
        """The function around each node, or the module."""
        found: dict[ast.AST, ast.AST] = {}

        def visit(node: ast.AST, around: ast.AST) -> None:
            for child in ast.iter_child_nodes(node):
                found[child] = around
                visit(child, child if isinstance(child, ast.FunctionDef) else around)

        visit(self.tree, self.tree)
        return found

    @cached_property
    def imported(self) -> dict[str, str]:
        """The module of each imported name."""
        froms = (node for node in ast.walk(self.tree) if isinstance(node, ast.ImportFrom))
        return {each.name: node.module or "" for node in froms for each in node.names}

    def function(self, name: str) -> ast.FunctionDef | None:
        found = (node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef))
        return next((node for node in found if node.name == name), None)


@dataclass
class Source:
    """The modules of a package."""

    package: Path
    modules: dict[str, Module] = field(init=False)

    def __post_init__(self) -> None:
        self.modules = {}
        for path in sorted(self.package.rglob("*.py")):
            name = ".".join(path.relative_to(self.package.parent).with_suffix("").parts)
            self.modules[name] = Module(name, ast.parse(path.read_text(encoding="utf-8")))

    def names(self, groups: Collection[str]) -> set[str]:
        """The names in these groups of phrases, with :data:`ANY` for what is not known."""
        name = re.compile(rf"({'|'.join(groups)})\.[\w.{ANY}]*")
        found: set[str] = set()
        for module in self.modules.values():
            pieces: set[ast.expr] = set()
            for node in ast.walk(module.tree):
                if isinstance(node, ast.JoinedStr):
                    pieces |= {*node.values}  # which come later
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in pieces:
                    found |= {node.value} if name.fullmatch(node.value) else set()
                elif isinstance(node, ast.JoinedStr) and name.match(_beginning(node)):
                    found |= self.texts(node, module)
        return found

    def texts(self, node: ast.expr, module: Module, depth: int = _DEPTH) -> set[str]:
        """The texts that an expression can be."""
        if depth == 0:
            return {ANY}
        found: set[str] = set()
        for part in self._branches(node, module):
            if isinstance(part, ast.Constant):
                found |= {part.value} if isinstance(part.value, str) else set()
            elif isinstance(part, ast.JoinedStr):
                pieces = [self.texts(_piece(each), module, depth - 1) for each in part.values]
                found |= {"".join(each) for each in itertools.product(*pieces)}
            elif isinstance(part, ast.Name):
                origins = list(self._origins(part, module))
                found |= {text for each, where in origins for text in self.texts(each, where, depth - 1)}
                found |= set() if origins else {ANY}
            else:
                found.add(ANY)
        return found

    def _branches(self, node: ast.expr, module: Module) -> Iterator[ast.expr]:
        """The expressions one of which ``node`` is."""
        match node:
            case ast.IfExp(body=body, orelse=orelse):
                yield from (each for one in (body, orelse) for each in self._branches(one, module))
            case ast.BoolOp(values=values):
                yield from (each for one in values for each in self._branches(one, module))
            case ast.Subscript(value=ast.Name() | ast.Tuple() | ast.Dict() as table):
                yield from list(self._rows(table, module)) or [node]
            case ast.Call(func=ast.Attribute(attr="get", value=ast.Name() | ast.Dict() as table), args=args):
                yield from self._rows(table, module)
                yield from args[1:]
            case ast.Call(func=ast.Name(id=name)) if function := module.function(name):
                for each in ast.walk(function):
                    if isinstance(each, ast.Return) and each.value is not None:
                        yield from self._branches(each.value, module)
            case _:
                yield node

    def _rows(self, table: ast.expr, module: Module) -> Iterator[ast.expr]:
        tables = [table] if not isinstance(table, ast.Name) else _assigned(table.id, module.tree)
        for each in tables:
            rows = each.values if isinstance(each, ast.Dict) else getattr(each, "elts", [each])
            for row in rows:
                yield from self._branches(row, module)

    def _origins(self, name: ast.Name, module: Module) -> Iterator[tuple[ast.expr, Module]]:
        """Where the value of a name comes from: an assignment, a loop over a table, or the callers."""
        around = module.inside[name]
        for each in _assigned(name.id, around):
            yield each, module
        if not isinstance(around, ast.FunctionDef):
            return
        names = [each.arg for each in around.args.args]
        if name.id in names:
            for call, where in self._calls(around.name, module):
                index = names.index(name.id)
                if index < len(call.args):
                    yield call.args[index], where

    def _calls(self, function: str, home: Module) -> Iterator[tuple[ast.Call, Module]]:
        for module in self.modules.values():
            if module is home or module.imported.get(function) == home.name:
                for node in ast.walk(module.tree):
                    if isinstance(node, ast.Call) and getattr(node.func, "id", "") == function:
                        yield node, module


def _beginning(node: ast.JoinedStr) -> str:
    first = node.values[0]
    return str(first.value) if isinstance(first, ast.Constant) else ""


def _piece(node: ast.expr) -> ast.expr:
    return node.value if isinstance(node, ast.FormattedValue) else node


def _assigned(name: str, around: ast.AST) -> Iterator[ast.expr]:
    """What is assigned to a name in a function or a module; in a loop, its place in each row of a table."""
    for node in ast.walk(around):
        match node:
            case ast.Assign(targets=[ast.Name(id=found)], value=value) if found == name:
                yield value
            case ast.AnnAssign(target=ast.Name(id=found), value=ast.expr() as value) if found == name:
                yield value
            case (ast.For() | ast.comprehension()) as loop if isinstance(loop.target, ast.Tuple):
                for place, target in enumerate(loop.target.elts):
                    if getattr(target, "id", "") == name:
                        rows = getattr(loop.iter, "elts", [])
                        yield from (row.elts[place] for row in rows if isinstance(row, ast.Tuple))
