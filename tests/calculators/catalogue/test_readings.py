"""Readings: each source changes what it states, and nothing else; none of them makes a price."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

import pytest

from calculators import catalogue
from calculators.catalogue import readings

if TYPE_CHECKING:
    from calculators.catalogue.judgement import Offered

TODAY = catalogue.load()
CHAT = sorted(each.id for each in TODAY.models.values() if each.kind == "chat")
ASKED = list(product(CHAT, ("us-east-1", "eu-central-1"), ("global", "in_region_or_geo"), catalogue.TIERS))
PREMIER, PRO, SONNET_5 = "amazon.nova-premier-v1:0", "amazon.nova-pro-v1:0", "anthropic.claude-sonnet-5"
OPUS_5, NOVA_2 = "anthropic.claude-opus-5", "amazon.nova-2-lite-v1:0"
GEO, GLOBAL = ("us-east-1", "in_region_or_geo"), ("us-east-1", "global")
PRICED_BY = {  # what a price file would have to carry, written again from the names of its meters
    "flex": ["flex_input"],
    "priority": ["priority_input"],
    "batch": ["batch_input"],
    "reserved": ["reserved_input_1_month"],
    "provisioned": ["model_unit_hour_none", "model_unit_hour_1_month", "model_unit_hour_6_months"],
}


def offered(reading: str, *asked: str) -> Offered:
    model_id, region, routing, tier = asked
    return readings.offered(TODAY, reading, (model_id, region, routing, tier))


def is_there(model_id: str, region: str, routing: str) -> bool:
    return TODAY.offered(model_id, region, routing, "standard").is_offered


def test_today_is_the_catalogues_own_judgement() -> None:
    assert [each for each in ASKED if offered(readings.TODAY, *each) != TODAY.offered(*each)] == []


def test_older_material_sells_units_for_every_model_that_is_there_and_hosts_custom_models_on_them_alone() -> None:
    for model_id, region, routing, tier in ASKED:
        now = TODAY.offered(model_id, region, routing, tier).is_offered
        then = offered(readings.EXAM_GUIDE, model_id, region, routing, tier).is_offered
        if tier == "provisioned":
            assert then == (now or is_there(model_id, region, routing))
        elif tier == "custom_on_demand":
            assert not then
        else:
            assert then == now


def test_a_price_file_offers_what_it_prices_on_a_route_that_is_open() -> None:
    for model_id, region, routing, tier in ASKED:
        then = offered(readings.PRICE_FILE, model_id, region, routing, tier)
        if tier not in PRICED_BY or not is_there(model_id, region, routing):
            assert then == TODAY.offered(model_id, region, routing, tier)
            continue
        is_priced = any(TODAY.find_price(model_id, region, routing, meter) for meter in PRICED_BY[tier])
        assert then.is_offered == is_priced


def test_the_lifecycle_page_takes_away_only_models_whose_disputed_day_is_past() -> None:
    for asked in ASKED:
        then = offered(readings.LIFECYCLE, *asked)
        if asked[0] in TODAY.disputed_ends:
            assert not then.is_offered
            assert TODAY.disputed_ends[asked[0]].last_day in then.reason
        else:
            assert then == TODAY.offered(*asked)


def test_a_disputed_day_counts_from_that_day_on() -> None:
    end = TODAY.disputed_ends[PREMIER]
    for last_day, is_gone in (("2026-11-12", True), ("2026-11-13", True), ("2026-11-14", False)):
        then = replace(TODAY, disputed_ends={PREMIER: replace(end, last_day=last_day)})
        assert (readings.ended(then, PREMIER) is not None) is is_gone
    assert readings.ended(TODAY, PRO) is None


@pytest.mark.parametrize(
    ("reading", "model_id", "tier", "route", "is_offered"),
    [
        (readings.TODAY, SONNET_5, "provisioned", GLOBAL, False),
        (readings.EXAM_GUIDE, SONNET_5, "provisioned", GLOBAL, True),
        (readings.TODAY, OPUS_5, "batch", GLOBAL, True),
        (readings.PRICE_FILE, OPUS_5, "batch", GLOBAL, False),
        (readings.PRICE_FILE, OPUS_5, "batch", GEO, True),
        (readings.TODAY, NOVA_2, "flex", GLOBAL, True),
        (readings.PRICE_FILE, NOVA_2, "flex", GLOBAL, False),
        (readings.PRICE_FILE, NOVA_2, "flex", GEO, True),
        (readings.TODAY, PRO, "custom_on_demand", GEO, True),
        (readings.EXAM_GUIDE, PRO, "custom_on_demand", GEO, False),
        (readings.TODAY, PREMIER, "standard", GEO, True),
        (readings.LIFECYCLE, PREMIER, "standard", GEO, False),
        (readings.PRICE_FILE, PREMIER, "standard", GEO, True),
        (readings.EXAM_GUIDE, "anthropic.claude-3-haiku-20240307-v1:0", "provisioned", GEO, False),  # ended
    ],
)
def test_the_conflicts_of_the_register(
    reading: str, model_id: str, tier: str, route: tuple[str, str], *, is_offered: bool
) -> None:
    assert offered(reading, model_id, *route, tier).is_offered is is_offered


def test_every_answer_is_one_sentence_with_a_known_source() -> None:
    for reading, asked in product(readings.DATED_BY, ASKED):
        answer = offered(reading, *asked)
        assert answer.reason.endswith(".")
        assert answer.source in TODAY.sources
        assert readings.date_of(TODAY, reading)


def test_a_disputed_end_is_of_a_known_model_without_an_undisputed_one() -> None:
    assert TODAY.disputed_ends
    for key, end in TODAY.disputed_ends.items():
        assert end.model_id == key
        assert TODAY.models[key].retirement_date is None
        assert {end.source, end.against} <= set(TODAY.sources)
        assert end.source != end.against
