"""The sheet on which one approach is added up: lines paid once, lines paid each month, their sums."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from calculators.formulas import distillation
from calculators.results import output

if TYPE_CHECKING:
    from calculators.customization_inputs import Inputs
    from calculators.steps import Receipt

APPROACHES = {
    "zero_shot": "Plain prompt",
    "few_shot": "Examples in the prompt",
    "rag": "Retrieval (RAG)",
    "fine_tuning": "Fine-tuning",
    "distillation": "Distillation",
    "continued_pretraining": "Continued pre-training",
    "pretraining": "Own pre-training",
}
PAID_BY_TOKEN = ("zero_shot", "few_shot", "rag", "fine_tuning", "distillation")  # the others need copies, by load
ZERO = Decimal(0)


def in_text(approach: str) -> str:
    """Return what an approach is called within a sentence."""
    name = APPROACHES[approach]
    return "a plain prompt" if approach == "zero_shot" else name[:1].lower() + name[1:]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of an approach's cost: paid once or each month."""

    what: str = output("What")
    upfront_usd: Decimal | None = output("Once", "USD")
    usd_per_month: Decimal | None = output("A month", "USD per month")


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One approach; without figures where it is not offered or a price is not public."""

    approach: str = output("Approach", words=lambda: APPROACHES)
    upfront_usd: Decimal | None = output("Once", "USD")
    usd_per_month: Decimal | None = output("A month", "USD per month")
    total_usd: Decimal | None = output("Over the horizon", "USD")
    usd_per_request: Decimal | None = output("Running cost of a request", "USD per request")
    where: str = output("Where")
    breakdown: tuple[Line, ...] = output("Made of")


class Sheet:
    """Lines of one approach after another, each a step of the receipt."""

    def __init__(self, inputs: Inputs, receipt: Receipt) -> None:
        """Begin with no approach and no line."""
        self.inputs, self.receipt = inputs, receipt
        self.begin("")

    def begin(self, approach: str) -> None:
        """Begin the lines of an approach."""
        self.approach = approach
        self.lines: list[Line] = []
        self.parts: dict[str, dict[str, Decimal]] = {"once": {}, "month": {}}

    def line(
        self, key: str, what: str, value: Decimal, formula: str, formula_id: str, **symbols: Decimal | int
    ) -> None:
        """Add a line: `key` ends in _once or _month."""
        is_once = key.endswith("_once")
        unit, part = ("USD", "once") if is_once else ("USD per month", "month")
        self.receipt.step(f"options.{self.approach}.{key}", value, unit, formula, formula_id, **symbols)
        self.parts[part][key] = value
        once, month = (value, None) if is_once else (None, value)
        self.lines.append(Line(what=what, upfront_usd=once, usd_per_month=month))

    def option(self, where: str) -> Option:
        """Add the lines up."""
        upfront, month = self._sum("once", "upfront_usd", "USD"), self._sum("month", "usd_per_month", "USD per month")
        name, months, requests = f"options.{self.approach}", self.inputs.horizon_months, self.inputs.requests_per_month
        total = distillation.total_usd(upfront_usd=upfront, usd_per_month=month, horizon_months=months)
        self.receipt.step(
            f"{name}.total_usd", total, "USD", "once + n·month", "F23", once=upfront, n=months, month=month
        )
        each = month / requests if requests else None
        if each is not None:
            symbols = {"month": month, "N": requests}
            self.receipt.step(f"{name}.usd_per_request", each, "USD per request", "month / N", "", **symbols)
        return Option(
            approach=self.approach,
            upfront_usd=upfront,
            usd_per_month=month,
            total_usd=total,
            usd_per_request=each,
            where=where,
            breakdown=tuple(self.lines),
        )

    def _sum(self, part: str, name: str, unit: str) -> Decimal:
        parts = self.parts[part]
        value = sum(parts.values(), ZERO)
        return self.receipt.step(
            f"options.{self.approach}.{name}", value, unit, " + ".join(parts) or "0", "F23", **parts
        )

    def bare(self, where: str) -> Option:
        """Return the approach without figures."""
        return Option(
            approach=self.approach,
            upfront_usd=None,
            usd_per_month=None,
            total_usd=None,
            usd_per_request=None,
            where=where,
            breakdown=(),
        )
