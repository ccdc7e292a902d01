"""Then and now: one set of inputs at the prices of an older snapshot and at the newest, and what moved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calculators import registry
from calculators.errors import InputError
from calculators.price_table import figure

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from calculators.catalogue import Catalogue
    from calculators.fields import Inputs
    from calculators.ledger import Quote

COLUMNS = ("Price", "As taught", "As of", "Today", "As of", "Unit")
NOT_USED = "not used"


def then_and_now(name: str, inputs: Inputs, taught: Catalogue, today: Catalogue) -> dict[str, Any]:
    """Return both answers in words, the sentence that tells them apart and the table of the prices that moved.

    The inputs are the reader's and hold at the older snapshot; where today's prices refuse them, that
    is what today says.
    """
    then, then_quotes = _answered(name, inputs, taught)
    now, now_quotes = _answered(name, inputs, today)
    moved = list(_moved(then_quotes, now_quotes))
    columns = [{"label": label, "numeric": label in ("As taught", "Today")} for label in COLUMNS]
    return {
        "sentence": _sentence(len(moved), taught.snapshot, is_same=then == now),
        "taught": {"prices_as_of": taught.snapshot, "answer": then},
        "today": {"prices_as_of": today.snapshot, "answer": now},
        "moved": {"id": "moved", "title": "Prices that moved", "columns": columns, "rows": moved},
    }


def _answered(name: str, inputs: Inputs, book: Catalogue) -> tuple[str, Mapping[str, Quote]]:
    """Return the answer at the prices of one snapshot, and the prices used; in its place what is refused."""
    module = registry.calculator(name)
    try:
        result = module.calculate(inputs, book)
    except InputError as error:
        problems = "; ".join(each.problem for each in error.problems)
        return f"No answer at these prices: {problems}.", {}
    return module.answer(inputs, result), {each.what: each for each in result.prices}


def _moved(then: Mapping[str, Quote], now: Mapping[str, Quote]) -> Iterator[list[str]]:
    """Yield a row for each price that is another today, or that only one of the answers uses."""
    if not then or not now:  # one of them has no answer, so nothing can be compared
        return
    for what in dict.fromkeys((*then, *now)):
        old, new = then.get(what), now.get(what)
        if old is None or new is None or (old.value, old.unit) != (new.value, new.unit):
            unit = old.unit if old else new.unit if new else ""
            yield [what, *_dated(old), *_dated(new), unit]


def _dated(quote: Quote | None) -> tuple[str, str]:
    return (figure(quote), quote.as_of) if quote else (NOT_USED, "")


def _sentence(moved: int, since: str, *, is_same: bool) -> str:
    """Say what has changed since the older snapshot.

    >>> _sentence(1, "2026-11-13", is_same=False)
    'Since 2026-11-13 1 price of this answer has moved.'
    >>> _sentence(0, "2026-11-13", is_same=True)
    'Since 2026-11-13 no price of this answer has moved. The answer is the same.'
    """
    count = f"{moved or 'no'} price{'' if moved <= 1 else 's'}"
    said = f"Since {since} {count} of this answer {'has' if moved <= 1 else 'have'} moved."
    return f"{said} The answer is the same." if is_same else said
