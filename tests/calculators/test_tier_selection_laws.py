"""Tier selection, told again by other means: hour by hour, unit by unit, and by what it says."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import calculators
from calculators import InputError, catalogue, tier_selection, view
from calculators.fields import specs
from calculators.steps import Receipt
from calculators.tier_costs import Costs
from calculators.tier_judgement import judge
from calculators.tier_options import price_book
from calculators.tier_rules import TIERS
from calculators.tier_workload import Cost, Unpriced, day_levels
from tests.calculators.test_contract import STATES

TODAY = catalogue.load()
LLAMA_8B = "meta.llama3-1-8b-instruct-v1:0"
TIER_STATES = [given for name, given in STATES if name == "tier-selection"]
HOURS, MINUTES = 730, 43_800


def inputs_of(**facts: Any) -> tier_selection.Inputs:
    return tier_selection.Inputs(**{key: _exact(value) for key, value in facts.items()})


def _exact(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(Decimal, value))
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


def costs(then: catalogue.Catalogue = TODAY, **facts: Any) -> Costs:
    """Return the prices of single options, without the judgement and its search for flips."""
    inputs = inputs_of(**facts)
    return Costs(inputs, price_book(inputs, then, is_quiet=True), Receipt(is_quiet=True))


def month_of(cost: Cost) -> Fraction:
    return Fraction(cost.usd_per_month)


def near(one: Decimal | Fraction, other: Fraction) -> bool:
    return abs(Fraction(one) - other) <= abs(other) / 10**20


@pytest.mark.parametrize("given", TIER_STATES)
def test_a_million_tokens_cost_the_month_by_the_millions_of_tokens(given: dict[str, Any]) -> None:
    outcome = calculators.run("tier-selection", given)
    inputs = outcome["inputs"]
    tokens = inputs["input_tokens_per_request"] + inputs["output_tokens_per_request"]
    priced = [each for each in outcome["outputs"]["options"] if each["usd_per_month"] is not None]
    assert priced
    for option in priced:
        millions = inputs["requests_per_month"] * tokens / 10**6
        assert option["usd_per_mtok"] * millions == pytest.approx(option["usd_per_month"], rel=1e-12)


@pytest.mark.parametrize("given", [{"customization": "imported"}, {}])
def test_only_weights_of_your_own_run_on_custom_model_import(given: dict[str, Any]) -> None:
    options = {each["tier"]: each for each in calculators.run("tier-selection", given)["outputs"]["options"]}
    is_own = bool(given)
    assert {tier for tier, each in options.items() if each["offered"]} & {"custom_import", "standard"} == {
        "custom_import" if is_own else "standard"
    }
    if is_own:
        assert options["standard"]["reasons"] == ["imported weights run on Custom Model Import"]
    else:
        assert options["custom_import"]["reasons"] == ["it is for model weights of your own"]


@given(st.integers(1, 20), st.integers(0, 8_760), st.integers(0, 1_000))
def test_an_imported_copy_is_paid_for_each_window_of_five_minutes(units: int, windows: int, tenths: int) -> None:
    """At a price of the reader's own; the storage of a unit is the catalogue's."""
    price = Decimal(tenths) / 10_000
    facts: dict[str, Any] = {
        "import_units": units,
        "import_active_windows_per_month": windows,
        "import_usd_per_unit_minute": price,
    }
    cost = costs(customization="imported", **facts).of("custom_import")
    row = TODAY.find_price("custom-model-unit-v1.0", "us-east-1", "global", "import_storage_month")
    assert row is not None
    assert row.usd is not None
    assert cost.usd_per_month == units * price * 5 * windows + units * row.usd
    assert cost.utilisation_ratio == Decimal(5 * windows) / MINUTES
    assert cost.units == units


@pytest.mark.parametrize("meter", ["import_unit_minute", "import_storage_month"])
def test_an_imported_copy_has_no_price_where_one_of_its_two_meters_has_none(meter: str) -> None:
    then = replace(TODAY, _rows={key: row for key, row in TODAY._rows.items() if key[3] != meter}, _found={})
    with pytest.raises(Unpriced):
        costs(then, customization="imported").of("custom_import")
    if meter == "import_unit_minute":
        entered = costs(then, customization="imported", import_usd_per_unit_minute=Decimal(1)).of("custom_import")
        assert entered.usd_per_month > 0


@given(
    profile=st.lists(st.integers(0, 30), min_size=24, max_size=24).filter(any),
    sent=st.integers(1_300, 3_000),
    answered=st.integers(1, 900),
    hit=st.integers(0, 100),
    is_assured=st.booleans(),
)
@settings(max_examples=80)
def test_reserved_hour_by_hour_with_cache_reads_and_the_smallest_order(
    profile: list[int], sent: int, answered: int, hit: int, *, is_assured: bool
) -> None:
    """Of each hour, what is held serves what fits on both sides; the rest is paid by the token, its reads too."""
    requests, prefix, p_in, p_out = 20_000_000, 1_200, Fraction(2, 100), Fraction(9, 100)
    cost = costs(
        requests_per_month=requests,
        input_tokens_per_request=sent,
        output_tokens_per_request=answered,
        cached_prefix_tokens=prefix,
        cache_hit_ratio=Decimal(hit) / 100,
        cache_ttl="5m",
        hourly_profile=profile,
        needs_assured_capacity=is_assured,
        reserved_input_usd_per_ktpm_hour=Decimal("0.02"),
        reserved_output_usd_per_ktpm_hour=Decimal("0.09"),
        input_usd_per_mtok=Decimal(3),
        output_usd_per_mtok=Decimal(15),
        cache_read_usd_per_mtok=Decimal("0.3"),
        cache_write_usd_per_mtok=Decimal("3.75"),
    ).of("reserved")

    read = Fraction(prefix * hit, 100)
    write = prefix - read
    uncached_usd = Fraction(requests * (sent * 3 + answered * 15), 10**6)
    cached_usd = requests * ((sent - prefix) * 3 + read * Fraction(3, 10) + write * Fraction(15, 4) + answered * 15)
    is_cached = cached_usd / 10**6 < uncached_usd
    on_demand, reads = (
        (cached_usd / 10**6, requests * read * Fraction(3, 10) / 10**6) if is_cached else (uncached_usd, Fraction(0))
    )
    mean_in = Fraction(requests * (sent - (read if is_cached else 0)), MINUTES * 1_000)
    mean_out = Fraction(requests * answered, MINUTES * 1_000)
    mean = Fraction(sum(profile), 24)
    demand = [Fraction(each) / mean for each in profile]

    def month_usd(level: Fraction) -> Fraction:
        held_in, held_out = max(Fraction(100), level * mean_in), max(Fraction(10), level * mean_out)
        total = HOURS * (held_in * p_in + held_out * p_out)
        for each in demand:
            served = min(each, held_in / mean_in, held_out / mean_out)
            total += ((each - served) * on_demand + served * reads) / 24
        return total

    levels = [max(demand)] if is_assured else [Fraction(0), *demand]
    assert any(near(cost.usd_per_month, month_usd(each)) for each in levels)
    if is_assured:
        assert near(cost.usd_per_month, month_usd(max(demand)))
    assert cost.utilisation_ratio is not None
    assert 0 <= cost.utilisation_ratio <= 1 + Decimal("1e-20")


@given(st.integers(10, 10_000))
def test_a_day_known_by_its_peak_alone_has_that_peak_and_a_mean_of_one(tenths: int) -> None:
    """In whole days of 24 hours: at the peak, then one hour of the rest, then nothing."""
    peak = Decimal(tenths) / 10
    levels = day_levels(None, peak)
    assert len(levels) % 24 == 0
    assert len(levels) - 24 < peak <= len(levels)
    assert max(levels) == peak
    assert near(sum(levels, Decimal(0)), Fraction(len(levels)))
    assert list(levels) == sorted(levels, reverse=True)
    assert sum(0 < each < peak for each in levels) <= 1


@pytest.mark.parametrize("given", [*TIER_STATES, {"model_id": LLAMA_8B, "routing": "in_region_or_geo"}])
def test_a_reason_that_asks_for_figures_names_empty_inputs_and_with_them_there_is_a_price(
    given: dict[str, Any],
) -> None:
    outcome = calculators.run("tier-selection", given)
    for option in outcome["outputs"]["options"]:
        if asked := next((each for each in option["reasons"] if each.startswith("no public figure")), ""):
            names = re.findall(r"\b\w+_usd_per_\w+|\bunit_\w+", asked)
            assert names
            assert asked == f"no public figure: enter {listed(names)}"
            assert {outcome["inputs"][each] for each in names} == {None}
            entered = costs(**{**given, **dict.fromkeys(names, Decimal(1_000))}).of(option["tier"])
            assert entered.usd_per_month > 0


def listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def decided(facts: dict[str, Any]) -> str | None:
    try:
        inputs = inputs_of(**facts)
        if inputs.conflicts():
            return None
        return judge(inputs, TODAY, Receipt(is_quiet=True), only_fitting=True).recommended.tier
    except InputError:
        return None


SEARCHED = ("requests_per_month", "input_tokens_per_request", "output_tokens_per_request", "deferrable_ratio")
PRICES = ("input_usd_per_mtok", "output_usd_per_mtok", "cache_read_usd_per_mtok", "cache_write_usd_per_mtok")


@pytest.mark.parametrize("given", [*TIER_STATES[:2], {"cache_ttl": "1h", "acceptable_wait": "none"}])
def test_what_changes_the_tier_at_half_or_at_twice_its_value_is_told_and_no_further_off(given: dict[str, Any]) -> None:
    """An empty price is searched too, from the catalogue's figure: a flip of it shows that figure as it stands now."""
    outcome = calculators.run("tier-selection", given)
    flips = {each["input"]: each for each in outcome["outputs"]["flips"]}
    figures = {each["value"] for each in outcome["prices"]}
    for name in PRICES:
        if name in flips and outcome["inputs"][name] is None:
            assert flips[name]["now"] in figures
    known, recommended = specs(tier_selection.Inputs), outcome["outputs"]["recommended"]["tier"]
    tried = 0
    for name in (*SEARCHED, *PRICES):
        now = outcome["inputs"][name] if outcome["inputs"][name] is not None else flips.get(name, {}).get("now")
        for factor in ("0.25", "0.5", "2", "4") if now else ():
            value = Decimal(str(now)) * Decimal(factor)
            spec = known[name]
            value = value.to_integral_value() if spec.is_whole else value
            if spec.maximum is not None and value > spec.maximum:
                continue
            other = decided({**given, name: value})
            tried += 1
            if other not in (None, recommended):
                assert abs(flips[name]["flips_at"] - now) <= abs(float(value) - now) * (1 + 1e-9), name
    assert tried > 8


def test_flips_of_a_choice_are_shown_in_the_words_of_the_form() -> None:
    baked = view.bake("tier-selection")
    table = next(each for each in baked["view"]["tables"] if each["id"] == "flips")
    words = {spec.label: spec.choices() for spec in specs(tier_selection.Inputs).values() if spec.kind == "choice"}
    rows = [row for row in table["rows"] if row[0] in words]
    assert len(rows) >= 2
    for row in rows:
        assert {row[1], row[2]} <= set(words[row[0]].values())
        assert row[3] in TIERS.values()


@pytest.mark.parametrize("price", ["cache_read_usd_per_mtok", "cache_write_usd_per_mtok"])
def test_a_cache_price_may_be_entered_where_caching_is_switched_off(price: str) -> None:
    """It changes nothing that is recommended."""
    facts = {"cache_ttl": "none"}
    without, entered = (calculators.run("tier-selection", each) for each in (facts, {**facts, price: 5}))
    assert entered["outputs"]["recommended"] == without["outputs"]["recommended"]
    cached = next(each for each in without["outputs"]["options"] if each["tier"] == "standard_cached")
    assert cached["reasons"] == ["there is no shared prefix to cache, or caching is switched off"]
    assert not cached["suitable"]


@pytest.mark.parametrize("price", [Decimal(0), Decimal("0.0000001")])
def test_what_costs_next_to_nothing_is_reserved_for_the_peak(price: Decimal) -> None:
    """One hour of the day has 25 times the demand of each other: it is worth holding where nothing is saved by less."""
    cost = costs(
        requests_per_month=43_800_000,
        input_tokens_per_request=10_000,
        output_tokens_per_request=1_000,
        cache_ttl="none",
        hourly_profile=[25, *[1] * 23],
        reserved_input_usd_per_ktpm_hour=price,
        reserved_output_usd_per_ktpm_hour=price,
    ).of("reserved")
    assert cost.units is not None
    assert near(
        cost.units, Fraction(11_000 * 25, 2)
    )  # 11 million tokens a minute on average, 12.5 times that at the peak
    assert near(cost.usd_per_month, HOURS * Fraction(price) * Fraction(11_000 * 25, 2))


def test_where_nothing_may_wait_batch_is_not_also_too_small() -> None:
    """Of no requests that may wait, it is not said that they are too few for a job."""
    options = {
        each["tier"]: each for each in calculators.run("tier-selection", {"deferrable_ratio": 0})["outputs"]["options"]
    }
    assert "no part of the work may wait" in options["batch"]["reasons"]
    assert not [each for each in options["batch"]["reasons"] if "100 requests or more" in each]


def test_cache_prices_flip_where_caching_saves_nothing() -> None:
    """Of 1,800 tokens at $3 and with them cached: 600 at $3, 1,080 read at $0.30 and 120 written at $3.75.

    1,080 reads at $2.91667, or 120 writes at $27.30, and caching costs what it saves: the plainer tier is taken.
    """
    found = calculators.run("tier-selection", {"acceptable_wait": "none"})["outputs"]
    flips = {each["input"]: each for each in found["flips"]}
    assert found["recommended"]["tier"] == "standard_cached"
    read, write = flips["cache_read_usd_per_mtok"], flips["cache_write_usd_per_mtok"]
    assert (read["now"], read["becomes"]) == (0.3, "standard")
    assert read["flips_at"] == pytest.approx(3150 / 1080, rel=1e-11)
    assert (write["now"], write["flips_at"], write["becomes"]) == (3.75, 27.3, "standard")
    without = calculators.run("tier-selection", {"acceptable_wait": "none", "cache_ttl": "none"})["outputs"]["flips"]
    assert not {"cache_read_usd_per_mtok", "cache_write_usd_per_mtok"} & {each["input"] for each in without}
