"""Answers worked by hand: each from the facts that its text states, by straight arithmetic and nothing else."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest

from calculators.practice import asking
from calculators.practice.topics import TOPICS

if TYPE_CHECKING:
    from collections.abc import Callable

SEEDS = range(25)
Facts = dict[str, Any]


def facts(case: Any) -> Facts:
    return {each.name: each.value if isinstance(each.value, str) else float(each.value) for each in case.given}


def tokens(f: Facts, input_price: str = "input_price", output_price: str = "output_price") -> float:
    """One request, in dollars."""
    return float((f["input"] * f[input_price] + f["output"] * f[output_price]) / 1e6)


def cached(f: Facts) -> float:
    read, write = f["hit"] * f["prefix"], (1 - f["hit"]) * f["prefix"]
    rest = (f["input"] - f["prefix"]) * f["input_price"] + f["output"] * f["output_price"]
    return float((rest + read * f["cache_read_price"] + write * f["cache_write_5m_price"]) / 1e6)


def gains(f: Facts) -> float:
    return float(f["people"] * f["hours"] * 12 * f["gain"] / (1 + f["gain"]) * f["realised"] * f["wage"])


def development(f: Facts) -> float:
    return float(sum(f[each] for each in ("data", "labelling", "integration", "training", "evaluation")))


def flows(f: Facts) -> list[float]:
    years = sorted(name for name in f if name.startswith("year_"))
    return [float(f[each] * gains(f) - f["run"]) for each in years]


def payback(f: Facts) -> float:
    owed = development(f)
    for year, flow in enumerate(flows(f)):
        if flow >= owed:
            return year + owed / flow
        owed -= flow
    raise AssertionError


def npv(f: Facts) -> float:
    later = sum(flow / (1 + f["rate"]) ** year for year, flow in enumerate(flows(f), 1))
    return float(later - development(f))


def teacher(f: Facts) -> float:
    return tokens(f, "teacher_input", "teacher_output")


def student(f: Facts) -> float:
    return tokens(f, "student_input", "student_output")


def making(f: Facts) -> float:
    trained = f["examples"] * f["tokens"] * f["epochs"] * f["training"] / 1e6
    return float(f["examples"] * teacher(f) + trained + f["ratings"] * f["rating"] + f["hours"] * f["wage"])


def saved(f: Facts) -> float:
    return float(teacher(f) - student(f) - f["errors"] * f["error"])


def split(f: Facts) -> float:
    whole, batch = tokens(f), tokens(f, "batch_input_price", "batch_output_price")
    return float(f["requests"] * ((1 - f["share"]) * whole + f["share"] * (batch + f["retry"] * whole)))


def threshold(f: Facts) -> float:
    by_batch = tokens(f) - tokens(f, "batch_input_price", "batch_output_price")
    return float(by_batch * 1e6 / f["input"] / (f["input_price"] - f["cache_read_price"]))


def unit(f: Facts) -> float:
    return float((f["unit_input"] * f["input_price"] + f["unit_output"] * f["output_price"]) / 1e6)


def few_shot(f: Facts) -> float:
    trained = f["items"] * f["tokens"] * f["epochs"] * f["training"] / 1e6
    return float((trained + f["hours"] * f["wage"]) / (f["shots"] * f["tokens"] * f["input_price"] / 1e6))


def cascade(f: Facts) -> float:
    small = tokens(f, "small_input", "small_output")
    return float(1 - (small + f["check"]) / tokens(f, "large_input", "large_output"))


def label(f: Facts) -> float:
    bought = (f["items"] * f["votes"] * f["label"] + f["reviewed"] * f["items"] * f["review"]) * (1 + f["pilot"])
    return float((bought + f["hours"] * f["wage"]) / (f["items"] * f["usable"]))


def level(f: Facts) -> float:
    """The level of demand to cover: of all four, the one that makes the day cheapest."""
    day = [(f[each], f[f"{each}_hours"]) for each in ("night", "day", "peak")]

    def cost(covered: float) -> float:
        return float(sum(t * (covered * (1 - f["discount"]) + max(0, n - covered)) for n, t in day))

    return float(min((0.0, *(n for n, _ in day)), key=cost))


def mix_saving(f: Facts) -> float:
    day = [(f[each], f[f"{each}_hours"]) for each in ("night", "day", "peak")]
    covered = level(f)
    paid = sum(t * (covered * (1 - f["discount"]) + max(0, n - covered)) for n, t in day)
    return float(1 - paid / sum(n * t for n, t in day))


def chain(f: Facts) -> float:
    return 43_800 * (1 - float(math.prod(value for name, value in f.items() if name.startswith("part_"))))


def both_down(f: Facts) -> float:
    down = 1 - f["one"]
    return float(((1 - f["shared"]) * down) ** 2 + f["shared"] * down)


def credit(f: Facts) -> float:
    uptime = 1 - f["down"] / 43_800
    return float(f["bill"] * (1 if uptime < 0.95 else 0.25 if uptime < 0.99 else 0.1))


def memory(f: Facts) -> int:
    left = f["used"] * f["memory"] - f["parameters"] * f["bytes"] - f["overhead"]
    return int(left * 1e9 / (2 * f["layers"] * f["kv"] * f["size"] * f["bytes"] * f["context"]))


ORACLES: dict[tuple[str, str], Callable[[Facts], float]] = {
    ("token-bills", "cached-month"): lambda f: f["requests"] * cached(f),
    ("token-bills", "cache-saving"): lambda f: 1 - cached(f) / tokens(f),
    ("token-bills", "conversations"): lambda f: f["conversations"] * f["turns"] * tokens(f),
    ("cache-or-batch", "split"): split,
    ("cache-or-batch", "threshold"): threshold,
    ("break-even", "unit-utilisation"): lambda f: f["unit"] / (60 * unit(f)),
    ("break-even", "unit-volume"): lambda f: 730 * f["unit"] * (f["unit_input"] + f["unit_output"]) / unit(f) / 1e6,
    ("break-even", "host"): lambda f: math.ceil(f["host"] / (f["instance"] + f["licence"])),
    ("break-even", "few-shot"): few_shot,
    ("break-even", "cascade"): cascade,
    ("roi-and-payback", "gains"): gains,
    ("roi-and-payback", "first-year"): lambda f: gains(f) / (development(f) + f["run"]) - 1,
    ("roi-and-payback", "payback"): payback,
    ("roi-and-payback", "npv"): npv,
    ("roi-and-payback", "labels"): label,
    ("distillation", "payback"): lambda f: making(f) / (f["requests"] * saved(f)),
    ("distillation", "requests"): lambda f: making(f) / saved(f),
    ("distillation", "ceiling"): lambda f: (teacher(f) - student(f)) / f["errors"],
    ("spot-and-checkpoints", "untouched"): lambda f: math.exp(-f["hours"] * f["instances"] / f["mean"]),
    ("spot-and-checkpoints", "interval"): lambda f: math.sqrt(2 * f["checkpoint"] * f["mean"] / f["instances"] * 3600),
    ("spot-and-checkpoints", "mean-time"): lambda f: -720 / math.log(1 - f["share"]) / f["instances"],
    ("commitment-sizing", "commitment"): lambda f: level(f) * f["price"] * (1 - f["discount"]),
    ("commitment-sizing", "saving"): mix_saving,
    ("availability", "chain"): chain,
    ("availability", "second"): lambda f: 43_800 * both_down(f),
    ("availability", "worth"): lambda f: 12 * f["cost"] / (8_766 * (1 - f["one"] - both_down(f))),
    ("availability", "credit"): credit,
    ("right-sizing", "quota"): lambda f: f["quota"] / (f["input"] + f["burndown"] * f["output"]),
    ("right-sizing", "in-flight"): lambda f: f["rate"] * (f["first"] + (f["output"] - 1) * f["gap"] / 1000),
    ("right-sizing", "fleet"): lambda f: math.ceil(f["peak"] / (f["each"] * f["used"])),
    ("right-sizing", "memory"): memory,
    ("regional-routing", "premium"): lambda f: (
        f["requests"] * tokens(f, "global_input", "global_output") * (1 + f["premium"])
    ),
    ("regional-routing", "list-price"): lambda f: f["requests"] * tokens(f, "here_input", "here_output"),
    ("regional-routing", "copies"): lambda f: (f["regions"] - 1) * f["gb"] * f["rate"],
}


@pytest.mark.parametrize(("topic", "form"), ORACLES)
def test_the_stated_facts_lead_to_the_answer(topic: str, form: str) -> None:
    for seed in SEEDS:
        case, _ = asking.draw(topic, form, seed, 1)
        assert ORACLES[topic, form](facts(case)) == pytest.approx(float(case.answer), rel=1e-7), case.text


def test_every_number_has_an_oracle() -> None:
    numbers = {
        (topic.name, form.name)
        for topic in TOPICS.values()
        for form in topic.forms
        if asking.draw(topic.name, form.name, 1, 1)[0].kind == "number"
    }
    assert numbers == set(ORACLES)
