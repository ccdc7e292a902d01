"""Ways to buy EC2 on a map: may AWS take it back, for how long do you commit, is capacity promised?"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from calculators import catalogue, shown
from macros.calculator import page_of
from macros.fact import fact
from macros.figures.drawn import Figure, table
from macros.markup import block

if TYPE_CHECKING:
    from collections.abc import Mapping

    from macros.figures.drawn import Desk

OPTIONS = Path(__file__).with_suffix(".toml")
ROWS = {"kept": "It stays yours", "taken": "AWS may take it back"}
COLUMNS = {"none": "No commitment", "days": "Days to months, booked", "years": "One or three years"}
CAPACITY = {True: "Capacity promised", False: "No promise of capacity"}


@cache
def options() -> list[dict[str, Any]]:
    """Return what each way to buy promises."""
    found: list[dict[str, Any]] = tomllib.loads(OPTIONS.read_text("utf-8"))["option"]
    return found


def draw(desk: Desk) -> Figure:
    """Return the ways to buy as a map of cards."""
    cells = {
        (row, column): [_card(each) for each in options() if (each["row"], each["column"]) == (row, column)]
        for row in ROWS
        for column in COLUMNS
    }
    html = block("figures/purchase_options.html", rows=ROWS, columns=COLUMNS, cells=cells)
    promised = [each["name"] for each in options() if each["has_capacity"]]
    takeable = [each["name"] for each in options() if each["row"] == "taken"]
    address = desk.place.link_to(page_of("compute-purchase"))
    return Figure(
        title="Ways to buy EC2: interruption against commitment",
        drawing=Markup(html),  # noqa: S704 - escaped by its template
        summary=f"AWS takes back only {' and '.join(takeable)}; capacity is promised only by a {_listed(promised)}.",
        note="Discounts are the largest that AWS names.",
        link=Markup('<a class="cc-link" href="{}">Compare the prices for your own work</a>').format(address),
        table=_table(),
    )


def _card(option: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **option,
        "capacity": CAPACITY[option["has_capacity"]],
        "discounts": [Markup(fact(each)) for each in option.get("facts", ())],  # noqa: S704 - escaped there
        "notice": Markup(fact(option["notice"])) if "notice" in option else "",  # noqa: S704 - the same
    }


def _table() -> dict[str, Any]:
    facts = catalogue.facts()
    heads = ("Way to buy", "Interruption", "Commitment", "Capacity promised", "Largest discount", "Fits")
    rows = [
        [
            each["name"],
            ROWS[each["row"]],
            COLUMNS[each["column"]],
            "yes" if each["has_capacity"] else "no",
            " to ".join(shown.percent(facts[name].value) for name in each.get("facts", ())) or "none named",
            each["fit"],
        ]
        for each in options()
    ]
    return table("Ways to buy EC2", heads, rows)


def _listed(names: list[str]) -> str:
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last
