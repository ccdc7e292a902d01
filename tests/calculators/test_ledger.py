"""The ledger: each figure kept with its source, the reader's own marked, a missing one refused."""

from __future__ import annotations

from decimal import Decimal

import pytest

from calculators import InputError, catalogue
from calculators.ledger import Ledger

HOUR = {"item": "g6e.2xlarge", "region": "us-east-1", "meter": "on_demand_hour"}


def test_takes_the_catalogues_figure_and_says_where_it_is_from() -> None:
    ledger = Ledger(catalogue.load())
    assert ledger.figure("instance_usd_per_hour", None, "g6e.2xlarge", **HOUR) == Decimal("2.24208")
    (quote,) = ledger.used.values()
    assert (quote.overridden, quote.unit, bool(quote.source)) == (False, "USD per instance-hour", True)


def test_takes_the_readers_own_figure_first() -> None:
    ledger = Ledger(catalogue.load())
    assert ledger.figure("instance_usd_per_hour", Decimal(2), "g6e.2xlarge", **HOUR) == 2
    (quote,) = ledger.used.values()
    assert (quote.overridden, quote.as_of) == (True, "")


def test_refuses_what_has_no_public_figure_and_names_the_input() -> None:
    missing = {**HOUR, "item": "g6.xlarge", "region": "eu-west-1"}
    with pytest.raises(InputError, match=r"instance_usd_per_hour: there is no public price for g6.xlarge in eu-west-1"):
        Ledger(catalogue.load()).figure("instance_usd_per_hour", None, "g6.xlarge", **missing)


def test_keeps_nothing_when_quiet() -> None:
    ledger = Ledger(catalogue.load(), is_quiet=True)
    ledger.figure("instance_usd_per_hour", None, "g6e.2xlarge", **HOUR)
    assert ledger.used == {}
