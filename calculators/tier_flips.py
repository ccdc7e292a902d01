"""Flips: how far each input is from changing the recommended tier.

Each number is searched outwards from its present value, first in widening steps, then by halving
the step in which the recommendation changes. Whole numbers are found exactly, others to twelve
digits. The value returned is on the far side: entered, it does change the answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Any

from calculators.errors import InputError
from calculators.fields import specs
from calculators.results import INPUT_NAME, INPUT_VALUE, output
from calculators.steps import Receipt
from calculators.tier_judgement import judge
from calculators.tier_options import TIERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from calculators.catalogue import Catalogue
    from calculators.fields import Spec
    from calculators.tier_judgement import Verdict
    from calculators.tier_selection import Inputs

SEARCHED = (
    "deferrable_ratio",
    "requests_per_month",
    "input_tokens_per_request",
    "output_tokens_per_request",
    "cached_prefix_tokens",
    "cache_hit_ratio",
    "peak_to_average_ratio",
    "unit_usd_per_hour",
    "unit_input_tokens_per_minute",
    "unit_output_tokens_per_minute",
    "reserved_input_usd_per_ktpm_hour",
    "reserved_output_usd_per_ktpm_hour",
    "import_usd_per_unit_minute",
    "import_active_windows_per_month",
    "input_usd_per_mtok",
    "output_usd_per_mtok",
    "cache_read_usd_per_mtok",
    "cache_write_usd_per_mtok",
)
SWITCHED = (
    "acceptable_wait",
    "independent_requests",
    "needs_assured_capacity",
    "needs_lower_latency",
    "cache_ttl",
    "routing",
    "commitment",
    "reserved_term",
    "customization",
)
WIDENING = tuple(map(Decimal, ("1.05", "1.3", "2", "4", "10", "40", "300", "100000")))
HALVINGS = 60
DIGITS = Decimal("1e-12")
NEXT_TO_NOTHING = Decimal("1e-9")  # where a step ends at 0, its relative size never falls


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """The nearest value of one input at which another tier is recommended."""

    input: str = output("Input", INPUT_NAME)
    now: Any = output("Now", INPUT_VALUE)
    flips_at: Any = output("Flips at", INPUT_VALUE)
    becomes: str = output("Becomes", words=lambda: TIERS)


def flips(inputs: Inputs, catalogue: Catalogue, verdict: Verdict) -> Iterator[Flip]:
    """Yield the nearest flip of each input that can change the recommended tier, in input order."""
    recommended, known = verdict.recommended.tier, specs(type(inputs))
    found = {}
    for name in SWITCHED:
        options = [True, False] if known[name].kind == "flag" else list(known[name].choices())
        decide = _decider(inputs, catalogue, name)
        nearest = next(((value, tier) for value in options if (tier := decide(value)) not in (None, recommended)), None)
        if nearest and nearest[0] != getattr(inputs, name):
            found[name] = Flip(input=name, now=getattr(inputs, name), flips_at=nearest[0], becomes=nearest[1] or "")
    for name in SEARCHED:
        now = _now(inputs, name, verdict)
        if now is not None:
            nearest_number = _nearest(now, known[name], _decider(inputs, catalogue, name), recommended)
            if nearest_number is not None:
                value, tier = nearest_number
                found[name] = Flip(input=name, now=now, flips_at=value, becomes=tier)
    yield from (found[name] for name in known if name in found)


def _decider(inputs: Inputs, catalogue: Catalogue, name: str) -> Callable[[Any], str | None]:
    """Return a function from a value of one input to the recommended tier, None where it can't be entered."""
    known: dict[Any, str | None] = {}

    def decide(value: Any) -> str | None:
        if value not in known:
            changed = inputs.trial(name, value)
            try:
                known[value] = (
                    None
                    if changed.conflicts()
                    else judge(changed, catalogue, Receipt(is_quiet=True), only_fitting=True).recommended.tier
                )
            except InputError:
                known[value] = None
        return known[value]

    return decide


def _now(inputs: Inputs, name: str, verdict: Verdict) -> Decimal | None:
    """Return the present value of a searched input; for an empty price, the catalogue's figure."""
    value = getattr(inputs, name)
    if name == "peak_to_average_ratio" and inputs.hourly_profile is not None:
        return None
    if value is not None or not name.endswith("_usd_per_mtok"):
        return value  # type: ignore[no-any-return]  # a searched input holds a number
    meter = name.removesuffix("_usd_per_mtok")
    if meter.startswith("cache"):
        if not inputs.is_cached:
            return None
        meter = f"cache_write_{inputs.cache_ttl}" if meter == "cache_write" else meter
    return verdict.costs.load.book.find_standard(meter)


def _nearest(
    now: Decimal, spec: Spec, decide: Callable[[Any], str | None], recommended: str
) -> tuple[Decimal, str] | None:
    """Return the nearest value at which the decision changes, and what it becomes."""
    found = [_search(now, points, spec, decide, recommended) for points in (_above(now, spec), _below(now, spec))]
    near = [each for each in found if each is not None]
    return min(near, key=lambda each: abs(each[0] - now)) if near else None


def _above(now: Decimal, spec: Spec) -> list[Decimal]:
    assert spec.maximum is not None  # noqa: S101 - every number has limits
    if spec.unit == "ratio":
        return [now + (1 - now) * step / 16 for step in range(1, 17)]
    start = now or (Decimal(1) if spec.is_whole else Decimal("0.001"))
    points = [start, *(start * factor for factor in WIDENING)]
    return [
        *(each for each in points if now < each < spec.maximum),
        *([spec.maximum] if spec.maximum <= start * 1_000_000 else []),
    ]


def _below(now: Decimal, spec: Spec) -> list[Decimal]:
    assert spec.minimum is not None  # noqa: S101 - every number has limits
    if spec.unit == "ratio":
        return [now * (16 - step) / 16 for step in range(1, 17)]
    points = [now / factor for factor in WIDENING]
    least = (
        max(spec.minimum, Decimal(1)) if spec.is_whole else spec.minimum
    )  # with nothing to do every tier costs nothing
    return [*(each for each in points if least < each < now), *([least] if now > least else [])]


def _search(
    now: Decimal, points: list[Decimal], spec: Spec, decide: Callable[[Any], str | None], recommended: str
) -> tuple[Decimal, str] | None:
    last = now
    for point in points:
        value = point.to_integral_value() if spec.is_whole else point
        if value == last:
            continue
        tier = decide(value)
        if tier is None:
            return None  # beyond here the inputs don't hold together
        if tier != recommended:
            return _halve(last, value, spec, decide, recommended)
        last = value
    return None


def _halve(
    same: Decimal, other: Decimal, spec: Spec, decide: Callable[[Any], str | None], recommended: str
) -> tuple[Decimal, str]:
    """Narrow the step from a value with the same answer to one with another."""
    rounding = ROUND_CEILING if other > same else ROUND_FLOOR
    finest = NEXT_TO_NOTHING if same == 0 else Decimal(0)
    for _ in range(HALVINGS):
        middle = (same + other) / 2
        if spec.is_whole:
            middle = middle.to_integral_value(rounding)
        if middle in (same, other) or abs(other - same) <= max(DIGITS * max(abs(other), abs(same)), finest):
            break
        if decide(middle) == recommended:
            same = middle
        else:
            other = middle
    return other, decide(other) or ""
