"""As taught and today: a catalogue of two snapshots, made here, shows both answers and what moved between them."""

from __future__ import annotations

import dataclasses
import importlib
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from calculators import catalogue, page, registry, then_and_now
from calculators.catalogue.book import build
from calculators.catalogue.tables import Tables, read_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

snapshots = importlib.import_module("calculators.catalogue.snapshots")  # its name is also its function's
OLD = catalogue.snapshots()[-1]
NEW = "2031-05-06"
SONNET = "anthropic.claude-sonnet-5"


def with_later_prices(tables: Tables, *, withdrawn: bool = False) -> Tables:
    """Return the tables with a later day on which one model's input price on the global profile is another."""
    row = next(
        each
        for each in tables.prices
        if (each.item, each.routing, each.meter, each.history_only) == (SONNET, "global", "input", "no")
    )
    history = "yes" if withdrawn else "no"
    later = row._replace(id="later", usd="3.25", valid_from=NEW, as_of=NEW, history_only=history)
    return dataclasses.replace(tables, prices=(*tables.prices, later))


@pytest.fixture
def two_snapshots(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A catalogue whose newest snapshot is a later one."""
    tables = with_later_prices(read_tables())
    monkeypatch.setattr(snapshots, "read_tables", lambda: tables)
    snapshots.snapshots.cache_clear()
    snapshots._load.cache_clear()
    yield
    monkeypatch.undo()
    snapshots.snapshots.cache_clear()
    snapshots._load.cache_clear()


def asked(**request: Any) -> dict[str, Any]:
    """Return the view that the page gets."""
    reply = json.loads(page.answer("token-cost", json.dumps({"inputs": {}, "page_inputs": {}, **request})))
    view: dict[str, Any] = reply["view"]
    return view


@pytest.mark.usefixtures("two_snapshots")
@pytest.mark.parametrize(("prices", "shown"), [(OLD, "taught"), (NEW, "today"), ("", "today")])
def test_a_link_of_an_older_snapshot_has_both_answers_whichever_is_shown(prices: str, shown: str) -> None:
    view = asked(prices=prices, taught=OLD)
    both = view["then_and_now"]
    assert (both["taught"]["prices_as_of"], both["today"]["prices_as_of"]) == (OLD, NEW)
    assert both["taught"]["answer"] == asked(prices=OLD)["answer"]
    assert both["today"]["answer"] == asked()["answer"]
    assert both["taught"]["answer"] != both["today"]["answer"]
    assert view["answer"] == both[shown]["answer"]
    assert view["prices_as_of"] == both[shown]["prices_as_of"]


@pytest.mark.usefixtures("two_snapshots")
def test_the_prices_that_moved_are_named_with_both_figures_and_days() -> None:
    both = asked(prices=OLD, taught=OLD)["then_and_now"]
    [[what, then, then_day, now, now_day, unit]] = both["moved"]["rows"]
    assert "Sonnet 5" in what
    assert "input" in what
    assert (then, now, now_day) == ("$2.00", "$3.25", NEW)
    assert then_day <= OLD
    assert unit == "USD per 1M tokens"
    assert both["sentence"] == f"Since {OLD} 1 price of this answer has moved."


@pytest.mark.usefixtures("two_snapshots")
def test_an_answer_whose_prices_stand_is_said_to_be_the_same() -> None:
    both = asked(inputs={"routing": "in_region_or_geo"}, prices=OLD, taught=OLD)["then_and_now"]
    assert both["moved"]["rows"] == []
    assert both["taught"]["answer"] == both["today"]["answer"]
    assert both["sentence"] == f"Since {OLD} no price of this answer has moved. The answer is the same."


@pytest.mark.usefixtures("two_snapshots")
def test_a_link_of_the_newest_prices_shows_one_answer() -> None:
    assert "then_and_now" not in asked(prices=NEW, taught=NEW)
    assert "then_and_now" not in asked()


def test_with_one_snapshot_there_is_nothing_to_compare() -> None:
    assert "then_and_now" not in asked(prices=OLD, taught=OLD)


def test_a_price_withdrawn_since_is_what_today_says() -> None:
    old, new = (build(with_later_prices(read_tables(), withdrawn=True), day) for day in (OLD, NEW))
    both = then_and_now.then_and_now("token-cost", registry.calculator("token-cost").Inputs(), old, new)
    assert both["today"]["answer"].startswith("No answer at these prices: there is no public input price")
    assert both["taught"]["answer"] != both["today"]["answer"]
    assert both["moved"]["rows"] == []
    assert "have moved" not in both["sentence"]


@pytest.mark.parametrize("name", registry.names())
def test_every_calculator_names_every_catalogue_price_that_doubled(name: str) -> None:
    tables = read_tables()
    live = [each for each in tables.prices if each.usd and each.history_only == "no" and "×" not in each.unit]
    doubled = [each._replace(usd=str(Decimal(each.usd) * 2), valid_from=NEW, as_of=NEW) for each in live]
    later = dataclasses.replace(tables, prices=(*tables.prices, *doubled))
    module = registry.calculator(name)
    old, new = build(later, OLD), build(later, NEW)
    both = then_and_now.then_and_now(name, module.Inputs(), old, new)
    dearer = [each.what for each in module.calculate(module.Inputs(), old).prices if each.unit.startswith("USD")]
    named = [row[0] for row in both["moved"]["rows"] if row[3] != then_and_now.NOT_USED]
    assert set(dearer) <= {row[0] for row in both["moved"]["rows"]}
    assert named or not dearer
