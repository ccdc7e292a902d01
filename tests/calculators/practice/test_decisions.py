"""Choices and orders worked by hand from the stated facts, and none within 5 % of being another."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from calculators.practice import asking
from calculators.practice.topics import TOPICS
from tests.calculators.practice.test_oracles import Facts, cached, facts, making, saved, tokens

if TYPE_CHECKING:
    from collections.abc import Callable

    from calculators.practice.cases import Case

SEEDS = range(60)
NEAR = (0.95, 1.05)


def distil(f: Facts, _: str) -> str:
    if f["teacher"].startswith("Claude"):
        return "not_offered"
    if saved(f) <= 0:
        return "never"
    return "distil" if making(f) / (f["requests"] * saved(f)) <= f["horizon"] else "too_slow"


def cache_or_batch(f: Facts, _: str) -> str:
    return "batch" if tokens(f, "batch_input_price", "batch_output_price") < cached(f) else "standard_cached"


def pair(f: Facts, _: str) -> str:
    small, large = tokens(f, "small_input", "small_output"), tokens(f, "large_input", "large_output")
    usd = {"large": large, "router": f["router"] + (1 - f["share"]) * small + f["share"] * large}
    usd["cascade"] = small + f["check"] + f["share"] * large
    return min(usd, key=lambda each: usd[each])


def week(f: Facts, _: str) -> str:
    return "savings_plan" if f["hours"] / 168 > 1 - f["discount"] else "on_demand"


def pattern(f: Facts, _: str) -> int:
    """The place of the pattern of least yearly cost."""
    totals = [
        12 * f[f"cost_{at}"] + f["events"] * (f[f"rto_{at}"] * f["down"] + f[f"rpo_{at}"] * f["data"])
        for at in range(1, 5)
    ]
    return totals.index(min(totals))


def models(f: Facts, _: str) -> list[str]:
    places = ("first", "second", "third")
    usd = {f[at]: f["input"] * f[f"{at}_input"] + f[f"{at}_tokens"] * f[f"{at}_output"] for at in places}
    return sorted(usd, key=lambda each: usd[each])


def regions(f: Facts, _: str) -> list[str]:
    usd = {f[f"region_{at}"]: f["input"] * f[f"input_{at}"] + f["output"] * f[f"output_{at}"] for at in (1, 2, 3)}
    return sorted(usd, key=lambda each: usd[each])


def ways(f: Facts, _: str) -> list[str]:
    """On-Demand, a plan for the peak, and the best of the plans for a level with the rest On-Demand."""
    day = [(f[each], f[f"{each}_hours"]) for each in ("night", "day", "peak")]

    def cost(covered: float) -> float:
        return float(sum(t * (covered * (1 - f["discount"]) + max(0.0, n - covered)) for n, t in day))

    usd = {"on_demand": cost(0), "savings_plan": cost(f["peak"]), "mix": min(cost(n) for n, _ in day)}
    return sorted(usd, key=lambda each: usd[each])


def profile(f: Facts, text: str) -> str:
    is_bound = "must not leave" in text or "and none outside" in text
    assert tokens(f, "global_input", "global_output") < tokens(f, "geo_input", "geo_output")
    return "geo" if is_bound else "global"


def spot_hours(f: Facts) -> float:
    """Hours to the end: without checkpoints, or with the best distance between them, found by trying many."""
    mean, restart = f["mean"] / f["instances"], f["restart"] / 60
    checkpoint = f.get("checkpoint", 0) / 3600
    if not checkpoint:
        return float(mean * math.exp(restart / mean) * (math.exp(f["hours"] / mean) - 1))
    distances = (f["hours"] / parts for parts in range(1, 2_000))
    return float(
        min(
            mean * math.exp(restart / mean) * (math.exp((each + checkpoint) / mean) - 1) * f["hours"] / each
            for each in distances
        )
    )


def way(f: Facts, text: str) -> str:
    on_demand = f["hours"] * f["on_demand"]
    if "on a day that is fixed" in text:
        return "capacity_block" if f["days"] * 24 * f["block"] < on_demand else "on_demand"
    return "spot" if spot_hours(f) * f["spot"] < on_demand else "on_demand"


DECISIONS: dict[tuple[str, str], tuple[Callable[[Facts, str], object], tuple[str, ...]]] = {
    ("distillation", "go"): (distil, ("requests", "error", "errors", "hours", "horizon")),
    ("cache-or-batch", "which"): (cache_or_batch, ("input", "prefix", "output", "hit")),
    ("right-sizing", "pair"): (pair, ("share", "router", "check")),
    ("commitment-sizing", "week"): (week, ("hours",)),
    ("commitment-sizing", "ways-in-order"): (ways, ()),
    ("availability", "pattern"): (pattern, ("events", "down", "data")),
    ("token-bills", "models-in-order"): (models, ()),
    ("regional-routing", "regions-in-order"): (regions, ()),
    ("regional-routing", "profile"): (profile, ()),
    ("spot-and-checkpoints", "way"): (way, ("hours", "mean")),
}
"""For each: the decision by hand, and the facts that may lie 5 % off without changing it."""


def answer(case: Case) -> object:
    if case.calculator == "redundancy":
        return [each.value for each in case.choices].index(case.answer)
    return list(case.answer) if case.kind == "order" else case.answer


@pytest.mark.parametrize(("topic", "form"), DECISIONS)
def test_the_stated_facts_lead_to_the_decision_and_not_by_a_hair(topic: str, form: str) -> None:
    decide, moved = DECISIONS[topic, form]
    for seed in SEEDS:
        case, _ = asking.draw(topic, form, seed, 1)
        f = facts(case)
        assert decide(f, case.text) == answer(case), case.text
        for name in moved:
            for factor in NEAR if name in f else ():
                assert decide({**f, name: f[name] * factor}, case.text) == answer(case), (case.text, name, factor)


def offered(text: str) -> str:
    return text.partition("This model offers")[2].partition(". ")[0]


def test_the_tier_of_work_that_people_wait_for() -> None:
    for seed in SEEDS:
        case, _ = asking.draw("tier-choice", "live", seed, 1)
        f = facts(case)
        if "faster than Standard" in case.text.partition("This model offers")[0]:
            assert case.answer == "priority"
            assert "Priority" in offered(case.text)
        else:
            assert case.answer == ("standard_cached" if "prefix" in f and cached(f) < tokens(f) else "standard")


def test_the_tier_of_work_that_needs_assured_capacity_is_offered_and_quoted() -> None:
    for seed in SEEDS:
        case, _ = asking.draw("tier-choice", "assured", seed, 1)
        quoted = {
            "reserved": "1,000 tokens a minute held" in case.text and "Reserved" in offered(case.text),
            "provisioned": "A model unit is quoted" in case.text and "Provisioned Throughput" in offered(case.text),
        }
        assert [tier for tier, is_there in quoted.items() if is_there] == [case.answer]


def test_the_tier_of_work_that_waits_follows_its_words() -> None:
    for seed in SEEDS:
        case, _ = asking.draw("tier-choice", "archive", seed, 1)
        waits_a_day = "two days later" in case.text or "Monday evening" in case.text
        if case.answer == "batch":
            assert waits_a_day
            assert "stands alone" in case.text
            assert "Batch" in offered(case.text)
        elif case.answer == "flex":
            assert not waits_a_day or "calls tools" in case.text
            assert "Flex" in offered(case.text)


def test_every_choice_and_order_is_worked_by_hand() -> None:
    chosen = {
        (topic.name, form.name)
        for topic in TOPICS.values()
        for form in topic.forms
        if asking.draw(topic.name, form.name, 1, 1)[0].kind != "number"
    }
    assert chosen - set(DECISIONS) == {("tier-choice", each) for each in ("live", "archive", "assured")}
