"""What each way to pay costs a month for one workload."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from calculators.formulas import tiers
from calculators.tier_reserved import ReservedCosts
from calculators.tier_tokens import TokenCosts
from calculators.tier_units import UnitCosts
from calculators.tier_workload import MINUTES, Cost, Unpriced, Workload

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from calculators.quotes import PriceBook
    from calculators.steps import Receipt
    from calculators.tier_selection import Inputs

IMPORT_ITEM = "custom-model-unit-v1.0"


class Costs:
    """The month's cost of each option, computed when asked for and once."""

    def __init__(self, inputs: Inputs, book: PriceBook, receipt: Receipt) -> None:
        """Take the workload, its prices and the receipt that keeps the steps."""
        self.load = Workload(inputs, book, receipt)
        self.by_token = TokenCosts(self.load)

    @cached_property
    def units(self) -> UnitCosts:
        """The costs on model units."""
        return UnitCosts(self.load, self.by_token)

    @cached_property
    def reserved(self) -> ReservedCosts:
        """The costs with tokens a minute reserved."""
        return ReservedCosts(self.load, self.by_token)

    def of(self, tier: str) -> Cost:
        """Return the cost of an option, or raise Unpriced or InputError."""
        ways: Mapping[str, Callable[[], Cost]] = {
            "standard": lambda: self.by_token.whole("standard", self.by_token.standard),
            "standard_cached": lambda: self.by_token.whole("standard_cached", self.by_token.cached),
            "priority": lambda: self.by_token.whole("priority", self.by_token.plain("priority")),
            "flex": lambda: self.by_token.split("flex"),
            "batch": lambda: self.by_token.split("batch"),
            "provisioned": self.units.for_peak,
            "provisioned_mix": self.units.with_overflow,
            "reserved": self.reserved.held,
            "custom_import": lambda: custom_import(self.load),
        }
        return ways[tier]()


def custom_import(load: Workload) -> Cost:
    """Return imported weights, billed for each 5-minute window in which a copy is awake (F14)."""
    inputs, unit = load.inputs, "USD per custom model unit per minute"
    own = inputs.import_usd_per_unit_minute
    item = IMPORT_ITEM
    price = (
        load.book.note_own("Custom model unit", own, unit)
        if own is not None
        else load.find_row(item, "import_unit_minute", "minute", unit)
    )
    storage = load.find_row(item, "import_storage_month", "storage", "USD per unit per month")
    if price is None or storage is None:
        raise Unpriced("import_usd_per_unit_minute")
    symbols = {
        "units": inputs.import_units,
        "rate": price,
        "windows": inputs.import_active_windows_per_month,
        "storage": storage,
    }
    month = tiers.import_month_usd(
        copies=1,
        units=symbols["units"],
        usd_per_unit_minute=price,
        active_windows=symbols["windows"],
        storage_usd_per_unit_month=storage,
    )
    formula = "1·units·rate·5·windows + units·storage"
    load.receipt.step("options.custom_import.usd_per_month", month, "USD per month", formula, "F14", **symbols)
    load.receipt.step(
        "options.custom_import.units", inputs.import_units, "count", "units", "F14", units=inputs.import_units
    )
    awake = load.utilisation("custom_import", 5 * symbols["windows"], MINUTES)
    return Cost(
        month,
        inputs.import_units,
        awake,
        ("billed in 5-minute windows; the first call after a pause waits for a cold start",),
    )
