"""The two charts of a choice of model: cost by volume, and cost by the share of hard requests."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from calculators import charts, shown, tracing
from calculators.model_choice_ways import WAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.model_choice import Result
    from calculators.model_choice_ways import Ways
    from calculators.results import Chart

DRAWN = {
    "router": "Router",
    "cascade": "Cascade",
    "small": "Small model alone",
    "large": "Large model alone",
    "self_host": "Own instances",
}
POINTS = 8
WIDEST = 20  # the volume axis reaches a crossing that is at most so many times the workload away
REQUESTS_PRICED = 1_000
ROOM_FOR_LABEL = Decimal("0.3")  # of the axis, left of a crossing
LABELS_ACROSS = 5  # so many labels fit beside each other on a phone
MOST_TIMES = Decimal("2.5")  # a line beyond so many times the next dearest is cut
SMALLEST_WITH_PREFIX = 1  # below a dollar an axis with SI prefixes would read "$5m" for half a cent


@tracing.untraced
def charts_all(ways: Ways, result: Result) -> Iterator[Chart]:
    """Yield cost by volume, then cost by the share of hard requests."""
    yield _by_volume(ways, result)
    yield _by_share(ways, result)


def _by_volume(ways: Ways, result: Result) -> Chart:
    """Return a month's cost over the requests, with the crossings of own instances marked."""
    crossings = _crossings(ways)
    most = _widest(ways, crossings)
    rows = [_month(ways, way, x) for way in DRAWN for x in _drawn_to(ways, way, most)]
    marks = [
        {"requests_per_month": x, "usd_per_month": ways.self_host_usd_per_month, "label": shown.significant(x, 3)}
        for x in _apart(crossings, most)
    ]
    return charts.lines(
        "cost-by-volume",
        "Cost of a month by volume",
        _volume_summary(ways, result, crossings),
        rows,
        x="requests_per_month",
        x_axis={"title": "Requests a month (dashed: now)", "format": "~s", "tickCount": 5},
        series="way",
        names=list(DRAWN.values()),
        value="usd_per_month",
        axis=_dollars("USD a month", rows, "usd_per_month"),
        now=ways.inputs.requests_per_month,
        marks=marks,
    )


def _crossings(ways: Ways) -> dict[str, Decimal]:
    """Return the requests at which own instances cost what the small model does, and what a router does.

    A crossing beyond what the instances can serve is none.
    """
    found = {}
    for way in ("small", "router"):
        usd = ways.usd_per_request[way]
        if usd > 0 and ways.self_host_usd_per_month / usd <= ways.capacity_requests_per_month:
            found[way] = ways.self_host_usd_per_month / usd
    return found


def _apart(crossings: dict[str, Decimal], most: Decimal) -> list[Decimal]:
    """Return the crossings on the axis that are far enough apart for their labels, the small model's first."""
    found: list[Decimal] = []
    for x in crossings.values():
        if x <= most and all(abs(x - other) * LABELS_ACROSS >= most for other in found):
            found.append(x)
    return found


def _drawn_to(ways: Ways, way: str, most: Decimal) -> list[Decimal]:
    """Return the volumes at which a way is drawn.

    Own instances end where they are full. A way far dearer than all others leaves the chart
    early, so as not to flatten them.
    """
    end = most
    if way == "self_host":
        end = min(most, ways.capacity_requests_per_month)
    else:
        second = sorted(ways.usd_per_month(each, most) for each in DRAWN)[-2]
        dearest = second * MOST_TIMES
        if 0 < dearest < ways.usd_per_month(way, most):
            end = dearest / ways.usd_per_request[way]
    return [*(x for point in range(POINTS) if (x := most * point / POINTS) < end), end]


def _widest(ways: Ways, crossings: dict[str, Decimal]) -> Decimal:
    """Return how far the volume axis reaches: twice the workload, or beyond a crossing that is not too far."""
    requests = ways.inputs.requests_per_month
    reach = [x * 5 / 4 for x in crossings.values() if not requests or x <= requests * WIDEST]
    return max([requests * 2, *reach]) or Decimal(REQUESTS_PRICED)


def _month(ways: Ways, way: str, requests: Decimal) -> charts.Row:
    return {"requests_per_month": requests, "way": DRAWN[way], "usd_per_month": ways.usd_per_month(way, requests)}


def _volume_summary(ways: Ways, result: Result, crossings: dict[str, Decimal]) -> str:
    now = shown.significant(ways.inputs.requests_per_month, 6)
    here = f"Cheapest at {now} requests a month: {WAYS[result.cheapest].lower()}."
    if "small" in crossings:
        return f"{here} Own instances cost less than the small model above {shown.significant(crossings['small'], 6)}."
    return f"{here} Own instances, even full, cost no less than the small model."


def _by_share(ways: Ways, result: Result) -> Chart:
    """Return the cost of 1,000 requests over the share that needs the large model, with q* marked."""
    inputs, break_even = ways.inputs, result.cascade_break_even_escalation_ratio
    shares = [Decimal(point) / POINTS for point in range(POINTS + 1)]
    rows = []
    for way in ("router", "cascade", "small", "large"):
        for share in shares:
            usd = ways.at_share(share)[way] * REQUESTS_PRICED
            rows.append({"escalation_ratio": share, "way": DRAWN[way], "usd_per_1000_requests": usd})
    marks = []
    summary = "A cascade costs no less than the large model alone at any share of hard requests."
    if break_even is not None and break_even > 0:
        at = {"escalation_ratio": break_even, "usd_per_1000_requests": result.large_usd_per_request * REQUESTS_PRICED}
        marks = [{**at, "label": f"q* {shown.percent(break_even)}"}]
        summary = f"A cascade beats the large model alone below {shown.percent(break_even)} of hard requests."
    return charts.lines(
        "cost-by-share",
        "Cost by the share of hard requests",
        summary,
        rows,
        x="escalation_ratio",
        x_axis={"title": "Share that needs the large model (dashed: now)", "format": "~%", "tickCount": 5},
        series="way",
        names=[DRAWN[each] for each in ("router", "cascade", "small", "large")],
        value="usd_per_1000_requests",
        axis=_dollars("USD for 1,000 requests", rows, "usd_per_1000_requests"),
        now=inputs.escalation_ratio,
        marks=marks,
        label_align="right" if break_even and break_even > ROOM_FOR_LABEL else "center",
    )


def _dollars(title: str, rows: list[charts.Row], value: str) -> charts.Spec:
    """Return the axis in dollars; small amounts are written out."""
    axis = charts.dollars_axis(title)
    if max(row[value] for row in rows) < SMALLEST_WITH_PREFIX:
        axis["format"] = "$~r"
    return axis
