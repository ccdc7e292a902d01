"""Looking prices up: the right row or none, never another Region's and never history."""

from __future__ import annotations

import pytest

from calculators import catalogue
from calculators.catalogue.book import build
from calculators.catalogue.tables import ModelRow, PriceRow, Tables, read_tables

TODAY = catalogue.load()
NOVA_PRO = "amazon.nova-pro-v1:0"
IMPORT_UNIT = "custom-model-unit-v1.0"

ROW = PriceRow(
    id="",
    service="Amazon Bedrock",
    item="m",
    region="",
    routing="",
    meter="input",
    usd="1",
    unit="USD per 1,000,000 tokens",
    valid_from="2030-01-01",
    as_of="2030-01-01",
    source="s",
    source_key="",
    also_confirmed_by="",
    confidence="single source",
    history_only="no",
    disagreements="",
    note="",
)


def usd(rows: list[PriceRow], region: str, routing: str) -> str | None:
    book = build(Tables(prices=tuple(rows)), "2030-01-01")
    point = book.find_price("m", region, routing, "input")
    return None if point is None else str(point.usd)


def test_the_nearest_row_counts_first() -> None:
    """Exact; then every Region; then without routing; then neither."""
    rows = [
        ROW._replace(usd="4"),
        ROW._replace(usd="3", region="r"),
        ROW._replace(usd="2", routing="global"),
        ROW._replace(usd="1", region="r", routing="global"),
    ]
    assert [usd(rows[:end], "r", "global") for end in (4, 3, 2, 1, 0)] == ["1", "2", "3", "4", None]


def test_another_regions_figure_never_counts() -> None:
    rows = [ROW._replace(region="r"), ROW._replace(region="r", routing="global")]
    assert usd(rows, "elsewhere", "global") is None


def test_another_routings_figure_never_counts() -> None:
    assert usd([ROW._replace(region="r", routing="global")], "r", "in_region_or_geo") is None


def test_a_row_without_a_figure_hides_the_wider_one() -> None:
    """It says that no figure is known for this very place."""
    assert usd([ROW, ROW._replace(region="r", usd="")], "r", "") is None


def test_every_point_found_is_of_the_place_asked_or_of_every_place() -> None:
    for item in TODAY.models:
        for region in (*TODAY.regions, "nowhere-1"):
            for routing in ("global", "in_region_or_geo"):
                point = TODAY.find_price(item, region, routing, "input")
                if point is not None:
                    assert point.item == item
                    assert point.region in {region, ""}
                    assert point.routing in {routing, ""}


def test_a_missing_price_is_refused_with_what_was_asked() -> None:
    with pytest.raises(catalogue.MissingPrice) as caught:
        TODAY.price(NOVA_PRO, "nowhere-1", "in_region_or_geo", "input")
    assert isinstance(caught.value, LookupError)
    assert (caught.value.item, caught.value.region, caught.value.meter) == (NOVA_PRO, "nowhere-1", "input")


@pytest.mark.parametrize(
    ("item", "region", "routing", "meter"),
    [
        (NOVA_PRO, "us-east-1", "in_region_or_geo", "model_unit_hour_none"),
        (NOVA_PRO, "us-east-1", "global", "input"),
        ("amazon.titan-embed-text-v2:0", "us-east-1", "in_region_or_geo", "output"),
        ("no-such-model", "us-east-1", "global", "input"),
        (NOVA_PRO, "us-east-1", "in_region_or_geo", "no_such_meter"),
        (IMPORT_UNIT, "eu-west-1", "", "import_unit_minute"),
        (IMPORT_UNIT, "", "", "import_unit_minute"),
    ],
)
def test_what_no_source_prices_is_not_found(item: str, region: str, routing: str, meter: str) -> None:
    assert TODAY.find_price(item, region, routing, meter) is None


def test_a_model_whose_card_lists_no_global_profile_has_no_global_price() -> None:
    without = [each for each in TODAY.models if TODAY.offer(each).global_profile is False]
    assert without
    assert [each for each in without if TODAY.find_price(each, "us-east-1", "global", "input")] == []


def test_import_units_cost_more_in_frankfurt() -> None:
    """0.05718 in the two US Regions and 0.07144 in Frankfurt, per minute (F14)."""
    found = {
        region: str(TODAY.price(IMPORT_UNIT, region, "global", "import_unit_minute").figure)
        for region in ("us-east-1", "us-west-2", "eu-central-1")
    }
    assert found == {"us-east-1": "0.05718", "us-west-2": "0.05718", "eu-central-1": "0.07144"}


def test_history_is_kept_but_never_found() -> None:
    history = list(TODAY.history())
    assert history
    assert all(point.history_only for point in history)
    for point in history:
        found = TODAY.find_price(point.item, point.region, point.routing, point.meter)
        assert found is None or (not found.history_only and found.id != point.id)


def test_no_history_among_the_points() -> None:
    assert [point.id for point in TODAY.points() if point.history_only] == []


def test_points_and_history_are_all_the_rows() -> None:
    assert len(list(TODAY.points())) + len(list(TODAY.history())) == len(read_tables().prices)


def test_regions_are_those_of_models_only() -> None:
    """A Region that only history or an import unit names is no choice for a model."""
    model = ModelRow("m", "M", "P", "chat", "", "", "", "", "", "2030-01-01", "2030-01-01", "s", "")
    rows = (
        ROW._replace(region="b"),
        ROW._replace(region="a"),
        ROW,
        ROW._replace(region="gone", history_only="yes"),
        ROW._replace(region="import", item="custom"),
    )
    assert build(Tables(prices=rows, models=(model,)), "2030-01-01").regions == ("a", "b")
