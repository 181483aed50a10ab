"""Sentences that the engine can say, read out of its source: a new one is noticed by the tests of the window."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SAMPLE = "12"
"""Stands where the source puts a value in."""


def spoken(file: str) -> tuple[str, ...]:
    """Every sentence in a module of the repository that is no docstring: it begins big and ends with a full stop."""
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    return tuple(
        text
        for node in _without_docstrings(tree)
        for text in texts(node)
        if text[:1].isupper() and text.endswith(".") and text.count(" ") >= 2
    )


def given_to(folder: str, *names: str) -> tuple[tuple[str, str], ...]:
    """(name of the function, text) of every text that a call of one of `names` in a folder is given, by word or by a
    constant or variable of its module.
    """
    found = []
    for file in sorted((ROOT / folder).rglob("*.py")):
        tree = ast.parse(file.read_text("utf-8"))
        known = _assigned(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and (name := _name(node.func)) in names:
                arguments = [*node.args, *(word.value for word in node.keywords if word.arg in ("empty", "reason"))]
                for argument in arguments:
                    many = known.get(argument.id, []) if isinstance(argument, ast.Name) else [argument]
                    found += [(name, text) for one in many for text in texts(one) if " " in text]
    return tuple(dict.fromkeys(found))


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _assigned(tree: ast.AST) -> dict[str, list[ast.expr]]:
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    found.setdefault(target.id, []).append(node.value)
    return found


def texts(node: ast.AST) -> Iterator[str]:
    """What an expression can read as."""
    match node:
        case ast.Constant(value=str() as text):
            yield text
        case ast.JoinedStr(values=values):
            yield "".join(str(v.value) if isinstance(v, ast.Constant) else SAMPLE for v in values)
        case ast.IfExp(body=body, orelse=orelse):
            yield from texts(body)
            yield from texts(orelse)
        case _:
            return


def _without_docstrings(tree: ast.AST) -> Iterator[ast.AST]:
    """Every expression that may be a text, an f-string's own parts left out."""
    if isinstance(tree, ast.Constant | ast.JoinedStr):
        yield tree
        return
    for child in ast.iter_child_nodes(tree):
        if not (isinstance(tree, ast.Module | ast.ClassDef | ast.FunctionDef) and isinstance(child, ast.Expr)):
            yield from _without_docstrings(child)
