"""Workbook formulas: expressions written as a spreadsheet reads them, long ones over several cells."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING

from calculators.tracing import Node

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping

    from calculators.tracing import Check

LONGEST = 240  # a longer formula is hard to read, and a spreadsheet takes 8,192 characters at most
NEARLY = "0.000000001"  # a spreadsheet's numbers have 15 digits: two that are equal here may differ there in the last
CALLS = {"abs": "ABS", "exp": "EXP", "ln": "LN", "sqrt": "SQRT"}
SIGNS = "+-*/^"


class Formulas:
    """Writes expressions as formulas; what is used twice, or grows long, gets a cell of its own."""

    def __init__(self, cells: Mapping[str, str], working: str = "Working") -> None:
        """Know where the named cells are, as references such as Inputs!$B$2."""
        self._texts: dict[int, str] = {}
        self._kept: list[Node] = []  # an id is only good while its node lives
        self._cells = cells
        self._sheet = working
        self._uses: Counter[int] = Counter()
        self.working: list[str] = []

    def count(self, roots: Iterable[Node | Decimal]) -> None:
        """Count how often each part is used; call once, with every root, before `text`."""
        seen: set[int] = set()
        for root in roots:
            self._uses[id(root)] += 1
            for node in _in_order(root, seen):
                seen.add(id(node))
                self._uses.update(id(each) for each in node.arguments if isinstance(each, Node))

    def place(self, node: Node, reference: str) -> None:
        """Have other formulas refer to a node by the cell in which it stands."""
        self._kept.append(node)
        self._texts[id(node)] = reference

    def text(self, term: Node | Decimal) -> str:
        """Return a term as a formula, without its equals sign."""
        if not isinstance(term, Node):
            return number(term)
        for node in _in_order(term, self._texts):
            self._kept.append(node)
            written = self._written(node)
            is_shared = node is not term and (self._uses[id(node)] > 1 or len(written) > LONGEST)
            if is_shared and node.operation != "cell":
                self.working.append(written)
                written = f"{self._sheet}!$A${len(self.working)}"
            self._texts[id(node)] = written
        return self._texts[id(term)]

    def check(self, check: Check) -> str:
        """Return the formula that says whether a comparison still comes out as it did."""
        left, right = self.text(check.left), self.text(check.right)
        slack = f"{NEARLY}*(ABS({left})+ABS({right}))"
        relation = check.relation if check.is_true else OPPOSITES[check.relation]
        return {
            "=": f"ABS({left}-{right})<={slack}",
            "<>": f"{left}<>{right}",
            "<": f"{left}<{right}",
            ">": f"{left}>{right}",
            "<=": f"{left}<={right}+{slack}",
            ">=": f"{left}>={right}-{slack}",
        }[relation]

    def _written(self, node: Node) -> str:
        if node.operation == "cell":
            return self._cells[node.cell]
        parts = [self._texts[id(each)] if isinstance(each, Node) else number(each) for each in node.arguments]
        if node.operation in SIGNS:
            return f"({parts[0]}{node.operation}{parts[1]})"
        if node.operation in CALLS:
            return f"{CALLS[node.operation]}({parts[0]})"
        return {
            "same": parts[0],
            "negative": f"(-{parts[0]})",
            # Not INT: below 0 some spreadsheets cut where others round down.
            "ceiling": f"IF({parts[0]}>0,ROUNDUP({parts[0]},0),ROUNDDOWN({parts[0]},0))",
            "floor": f"IF({parts[0]}<0,ROUNDUP({parts[0]},0),ROUNDDOWN({parts[0]},0))",
            "round": f"ROUND({parts[0]},0)",
            "up": f"ROUNDUP({parts[0]},0)",
            "down": f"ROUNDDOWN({parts[0]},0)",
        }[node.operation]


OPPOSITES = {"=": "<>", "<>": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


def number(value: Decimal) -> str:
    """Return a constant as a formula holds it.

    >>> number(Decimal("0.20")), number(Decimal("-3")), number(Decimal("1E+6"))
    ('0.2', '(-3)', '1000000')
    """
    text = format(Decimal(repr(float(value))), "f")  # without an exponent: not every spreadsheet reads one
    text = text.removesuffix(".0")
    return f"({text})" if value < 0 else text


def cells(roots: Iterable[Node | Decimal]) -> set[str]:
    """Return the names of the cells that the expressions rest on."""
    seen: set[int] = set()
    found = set()
    for root in roots:
        for node in _in_order(root, seen):
            seen.add(id(node))
            if node.operation == "cell":
                found.add(node.cell)
    return found


def _in_order(root: Node | Decimal, known: Container[int]) -> Iterator[Node]:
    """Yield the parts of an expression that are not yet known, each after its own parts.

    The caller makes each one known before it asks for the next.
    """
    if not isinstance(root, Node):
        return
    waiting = [(root, False)]
    while waiting:
        node, is_ready = waiting.pop()
        if id(node) in known:
            continue
        if is_ready:
            yield node
        else:
            waiting.append((node, True))
            waiting += [(each, False) for each in node.arguments if isinstance(each, Node)]
