"""The chart helpers: axes in powers of ten, spans, legends that fit a phone."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from calculators import charts, charts_spread


def lines(names: tuple[str, ...], **more: Any) -> dict[str, Any]:
    rows = [{"x": x, "name": name, "usd": x} for name in names for x in (1, 100)]
    made = charts.lines(
        "id", "Title", "Summary.", rows, x="x", x_axis={}, series="name", names=names, value="usd", axis="USD", **more
    )
    return made.spec


def test_both_axes_can_be_in_powers_of_ten() -> None:
    plain, powers = lines(("a",)), lines(("a",), is_log=True)
    assert powers["encoding"]["x"]["scale"]["type"] == powers["layer"][0]["encoding"]["y"]["scale"]["type"] == "log"
    assert "type" not in plain["encoding"]["x"]["scale"]
    assert "scale" not in plain["layer"][0]["encoding"]["y"]


@pytest.mark.parametrize(
    ("names", "columns"),
    [
        (("One model unit", "Its tokens on demand"), 2),
        (("Large: Claude Opus 5", "Middle: Claude Sonnet 5"), 1),
        (("short", "Middle: Claude Sonnet 5", "Large: Claude Opus 5"), 1),  # the third stands under the first
        (("only one",), 2),
    ],
)
def test_names_too_long_for_a_phone_stand_below_each_other(names: tuple[str, ...], columns: int) -> None:
    assert lines(names)["config"]["legend"]["columns"] == columns


def test_a_span_reaches_from_its_start_to_its_end_and_nothing_has_no_place_on_it() -> None:
    rows = [{"what": "a", "once": Decimal(0), "all": Decimal(9)}, {"what": "b", "once": Decimal(5), "all": Decimal(7)}]
    names = ("Once", "In all")
    made = charts_spread.spans(
        "id", "T", "S.", rows, category="what", start="once", end="all", names=names, axis="USD", upwards="More"
    )
    rule, start, end = made.spec["layer"]
    assert (rule["encoding"]["x"]["field"], rule["encoding"]["x2"]["field"]) == ("once", "all")
    assert rule["transform"][0] == start["transform"][0] == {"filter": "datum['once'] > 0"}
    assert end["transform"] == [{"calculate": "'In all'", "as": "part"}]
    assert (start["encoding"]["x"]["field"], end["encoding"]["x"]["field"]) == ("once", "all")
