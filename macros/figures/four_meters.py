"""The four meters of a request: the share of its tokens beside the share of its dollars."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from markupsafe import Markup

from calculators import charts, shown
from calculators.token_bill import METERS
from macros.figures.drawn import Figure, table
from macros.markup import block

if TYPE_CHECKING:
    from collections.abc import Sequence

    from macros.figures.drawn import Desk

ORDER = ("input", "cache_write", "cache_read", "output")
COLOURS = dict(zip(METERS, charts.SERIES, strict=False))  # as in the calculator's own chart
HEIGHT, TOP, BETWEEN_LABELS = 300, 44, 20
LEFT_SIDE, RIGHT_SIDE = "tokens", "dollars"


@dataclass(frozen=True, slots=True)
class Size:
    """Where the two bars stand in a drawing of this width, and whether meters are named on both sides."""

    width: int
    left: int
    right: int
    bar: int


SIZES = {"wide": Size(560, 172, 372, 46), "narrow": Size(330, 140, 248, 30)}


@dataclass(frozen=True, slots=True)
class Part:
    """One meter: its shares, and the texts of its row."""

    name: str
    colour: str
    shares: tuple[Decimal, Decimal]
    tokens: str
    usd: str


@dataclass(frozen=True, slots=True)
class Band:
    """One meter in a drawing: its piece of either bar, the band between them, and the heights of its labels."""

    part: Part
    y: tuple[float, float]
    height: tuple[float, float]
    label: tuple[float, float]
    path: str

    @property
    def shown(self) -> tuple[str, str]:
        """The two shares as texts."""
        tokens, dollars = map(shown.percent, self.part.shares)
        return tokens, dollars


def draw(desk: Desk) -> Figure:
    """Return the meters of the default request of token-cost."""
    state = desk.state("token-cost")
    meters = {each["meter"]: each for each in state.outputs["meters"]}
    parts = _parts([meters[each] for each in ORDER])
    drawings = {size: _drawing(parts, place) for size, place in SIZES.items()}
    most_tokens, most_usd = (max(parts, key=lambda part: part.shares[side]) for side in (0, 1))
    shares = [shown.percent(share) for share in most_usd.shares]
    cells = [[each.name, each.tokens, *map(shown.percent, each.shares), each.usd] for each in parts]
    heads = ("Meter", "Tokens a request", "Share of tokens", "Share of dollars", "A month")
    return Figure(
        title="One request on four meters",
        drawing=Markup(block("figures/four_meters.html", drawings=drawings)),  # noqa: S704 - escaped by its template
        summary=(
            f"{most_usd.name} is {shares[0]} of the tokens and {shares[1]} of the dollars; "
            f"most tokens run over the meter {_in_text(most_tokens.name)}, "
            f"which makes {shown.percent(most_tokens.shares[1])} of the bill."
        ),
        note=f"The calculator's default request to {_model(state.shown['answer'])}.",
        link=Markup(state.link("Open it in the calculator")),  # noqa: S704 - escaped by `State`
        table=table("The four meters of one request", heads, cells, heads[1:]),
    )


def _model(answer: str) -> str:
    return answer.partition(",")[0]


def _in_text(name: str) -> str:
    return name[:1].lower() + name[1:]


def _parts(meters: Sequence[dict[str, object]]) -> list[Part]:
    amounts = [[Decimal(str(each[key])) for each in meters] for key in ("tokens_per_request", "usd_per_month")]
    tokens, dollars = amounts
    return [
        Part(
            METERS[str(meter["meter"])],
            COLOURS[str(meter["meter"])],
            (token / sum(tokens), usd / sum(dollars)),
            shown.count(token, 6),
            shown.usd(usd),
        )
        for meter, token, usd in zip(meters, tokens, dollars, strict=True)
    ]


def _drawing(parts: Sequence[Part], size: Size) -> dict[str, object]:
    """Return the places of everything in one drawing."""
    sides = [_stacked([float(part.shares[side]) * HEIGHT for part in parts]) for side in (0, 1)]
    labels = [_apart([y + height / 2 for y, height in side]) for side in sides]
    bands = []
    for part, left, right, one, other in zip(parts, *sides, *labels, strict=True):
        (y0, h0), (y1, h1) = left, right
        path = _band(size.left + size.bar, size.right, (y0, y0 + h0), (y1, y1 + h1))
        bands.append(Band(part, (y0, y1), (h0, h1), (one, other), path))
    return {"size": size, "bands": bands, "height": TOP + HEIGHT + 8}


def _stacked(heights: Sequence[float]) -> list[tuple[float, float]]:
    y, found = float(TOP), []
    for height in heights:
        found.append((round(y, 1), round(height, 1)))
        y += height
    return found


def _apart(middles: Sequence[float]) -> list[float]:
    """Return heights of labels: as near to their pieces as they can be without touching each other."""
    found: list[float] = []
    for middle in middles:
        found.append(max(middle, found[-1] + BETWEEN_LABELS if found else middle))
    lowest = float(TOP + HEIGHT - 2)
    for place in reversed(range(len(found))):
        found[place] = round(min(found[place], lowest), 1)
        lowest = found[place] - BETWEEN_LABELS
    return found


def _band(x0: float, x1: float, left: tuple[float, float], right: tuple[float, float]) -> str:
    middle = (x0 + x1) / 2
    top = f"M{x0},{left[0]:.1f} C{middle},{left[0]:.1f} {middle},{right[0]:.1f} {x1},{right[0]:.1f}"
    return f"{top} L{x1},{right[1]:.1f} C{middle},{right[1]:.1f} {middle},{left[1]:.1f} {x0},{left[1]:.1f} Z"
