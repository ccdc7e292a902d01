"""Mutants of a Python file: the same file with one small thing wrong (arithmetic, comparison, number, return)."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import CodeType

OPERATORS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.USub: ast.UAdd,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
EXTREMES = {"min": "max", "max": "min", "any": "all", "all": "any"}


@dataclass(frozen=True)
class Mutant:
    """One wrong version of a file; `function` is empty where the change lies outside every function body."""

    path: Path
    number: int
    line: int
    function: str
    change: str

    def code(self) -> CodeType:
        """Compile the whole file with the one change made."""
        tree = ast.parse(self.path.read_text(encoding="utf-8"))
        for number, (_, _, change) in enumerate(_changes(tree, "", "")):
            if number == self.number:
                change()
                break
        return compile(ast.fix_missing_locations(tree), str(self.path), "exec")

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.function or 'module'}: {self.change}"


def mutants_of(path: Path) -> list[Mutant]:
    """List every mutant of a file, in the order of its text."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = []
    for number, (node, function, change) in enumerate(_changes(tree, "", "")):
        before = ast.unparse(node)
        undo = dict(vars(node))
        change()
        found.append(Mutant(path, number, node.lineno, function, f"{before}  =>  {ast.unparse(node)}"))
        vars(node).update(undo)
    return found


Change = tuple["ast.stmt | ast.expr", str, "Callable[[], None]"]


def _changes(node: ast.AST, scope: str, function: str) -> Iterator[Change]:
    """Walk the tree; words (f-strings, raised messages) and types are left alone."""
    if isinstance(node, (ast.JoinedStr, ast.Raise, ast.Import, ast.ImportFrom)):
        return
    if isinstance(node, (ast.stmt, ast.expr)):
        yield from ((node, function, change) for change in _changes_here(node))
    for child, inner_scope, inner_function in _children(node, scope, function):
        yield from _changes(child, inner_scope, inner_function)


def _children(node: ast.AST, scope: str, function: str) -> Iterator[tuple[ast.AST, str, str]]:
    match node:
        case ast.FunctionDef(name=name, args=arguments, body=body):
            yield from ((each, scope, function) for each in (*arguments.defaults, *arguments.kw_defaults) if each)
            yield from ((each, f"{scope}{name}.<locals>.", function or f"{scope}{name}") for each in body)
        case ast.ClassDef(name=name, body=body):
            yield from ((each, f"{scope}{name}.", function) for each in body)
        case _:
            kept = (each for each in ast.iter_child_nodes(node) if each is not getattr(node, "annotation", None))
            yield from ((each, scope, function) for each in kept)


def _changes_here(node: ast.stmt | ast.expr) -> Iterator[Callable[[], None]]:
    match node:
        case ast.UnaryOp(op=ast.Not()):
            yield lambda: setattr(node, "operand", ast.UnaryOp(ast.Not(), node.operand))
        case ast.BinOp() | ast.AugAssign() | ast.BoolOp() | ast.UnaryOp() if type(node.op) in OPERATORS:
            yield lambda: setattr(node, "op", OPERATORS[type(node.op)]())
        case ast.Compare():
            for place in range(len(node.ops)):
                other = [OPERATORS[type(op)]() if at == place else op for at, op in enumerate(node.ops)]
                yield lambda other=other: setattr(node, "ops", other)  # type: ignore[misc]
        case ast.Constant(value=bool() | int() | float()):
            wrong = not node.value if isinstance(node.value, bool) else node.value + 1  # type: ignore[operator]
            yield lambda: setattr(node, "value", wrong)
        case ast.Call(func=ast.Name(id="Decimal"), args=[ast.Constant(value=str(text))]) if _is_number(text):
            yield lambda: setattr(node, "args", [ast.Constant(str(Decimal(text) + 1))])
        case ast.Call(func=ast.Name(id=name)) if name in EXTREMES:
            yield lambda: setattr(node, "func", ast.Name(EXTREMES[name], ast.Load()))
        case ast.Return(value=ast.expr()) if ast.unparse(node) != "return None":
            yield lambda: setattr(node, "value", ast.Constant(None))


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False
