"""Distillation savings: does a small student model repay its making?

The teacher labels examples, the student is trained on them, people check it; from then on each
request costs less, and the student's additional errors cost something. Formulas F22 and F23.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from calculators import catalogue as prices_and_offers
from calculators import distillation_advice, distillation_readings, flips, shown
from calculators.distillation_balance import Balance, Month, payback_again, weigh
from calculators.distillation_inputs import Inputs
from calculators.fields import chat_models
from calculators.results import Result as BaseResult
from calculators.results import exact, output
from calculators.steps import Receipt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.catalogue import Catalogue
    from calculators.offer_source import Reading

__all__ = ["NAME", "OPEN_GROUPS", "QUESTION", "TITLE", "VERSION", "Inputs", "Result", "answer", "calculate"]

NAME = "distillation-savings"
VERSION = 1
TITLE = "Distillation savings"
QUESTION = "Does a small student model repay its making?"
OPEN_GROUPS = 4

DECISIONS = {
    "pays": "Pays back within the horizon",
    "does_not_pay": "Does not pay back within the horizon",
    "not_offered": "Bedrock does not offer the pair",
}
SEARCHED = (
    "requests_per_month",
    "input_tokens_per_request",
    "output_tokens_per_request",
    "training_examples",
    "training_usd_per_mtok",
    "evaluations",
    "usd_per_evaluation",
    "labour_hours",
    "labour_usd_per_hour",
    "extra_error_ratio",
    "usd_per_error",
    "hosting_usd_per_hour",
    "storage_usd_per_month",
    "horizon_months",
    "teacher_input_usd_per_mtok",
    "teacher_output_usd_per_mtok",
)
SWITCHED = ("region", "labels_from_logs", "hosting")


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip(flips.Flip):
    """The nearest value of one input at which the decision is another."""

    becomes: str = output("Becomes", words=lambda: DECISIONS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result(BaseResult):
    """What the student costs to make and to run, what it saves, and when that has repaid it."""

    allowed: bool = output("Bedrock distils this pair", "yes or no")
    reasons: tuple[str, ...] = output("Why")
    readings: tuple[Reading, ...] = output("What each source would answer")
    teacher_usd_per_request: Decimal = output("One teacher request", "USD per request")
    student_usd_per_request: Decimal = output("One student request; 0 where it is paid by the hour", "USD per request")
    cost_cut_ratio: Decimal | None = output("Cut in the cost of tokens", "ratio")
    error_penalty_usd_per_request: Decimal = output("Additional errors, a request", "USD per request")
    net_saving_usd_per_request: Decimal = output("Saved on a request, errors paid", "USD per request")
    saving_usd_per_month: Decimal = output("Saved in a month, hosting and storage paid", "USD per month")
    labelling_usd: Decimal = output("Teacher's answers", "USD")
    training_usd: Decimal | None = output("Training", "USD")
    fixed_usd: Decimal | None = output("Making the student, in all", "USD")
    payback_months: Decimal | None = output("Repaid after, months", "months")
    break_even_requests: Decimal | None = output("Requests that repay the making, before hosting", "requests")
    saving_over_horizon_usd: Decimal | None = output("Left at the end of the horizon", "USD")
    roi_ratio: Decimal | None = output("Return on the making", "ratio")
    error_cost_ceiling_usd: Decimal | None = output("Never pays if an error costs more than", "USD per error")
    hosting_break_even_requests_per_month: Decimal | None = output(
        "Hourly hosting needs, requests a month", "requests per month"
    )
    flips: tuple[Flip, ...] = output("What flips it")
    cumulative: tuple[Month, ...] = output("Month by month")


@exact
def calculate(inputs: Inputs, catalogue: Catalogue | None = None, *, is_quiet: bool = False) -> Result:
    """Return what the student saves, when its making is repaid, and what would change that.

    Quiet, it leaves out steps and charts: the same numbers, for many rows. Raises InputError where a
    price that counts is not public. A pair that Bedrock does not offer has no training price: what
    follows from it is then None. Source: F22 and F23 of the formula reference.

    >>> calculate(Inputs()).fixed_usd
    Decimal('8662.250000')
    """
    catalogue = catalogue or prices_and_offers.load()
    receipt = Receipt(is_quiet=is_quiet)
    balance = weigh(inputs, catalogue, receipt)
    read = tuple(distillation_readings.found(inputs, catalogue, balance))
    result = Result(
        allowed=balance.pair.is_offered,
        reasons=balance.pair.reasons,
        readings=read,
        teacher_usd_per_request=balance.teacher_usd,
        student_usd_per_request=balance.student_usd,
        cost_cut_ratio=balance.cost_cut(receipt),
        error_penalty_usd_per_request=balance.penalty_usd,
        net_saving_usd_per_request=balance.net_usd,
        saving_usd_per_month=balance.saving_usd,
        labelling_usd=balance.labelling_usd,
        training_usd=balance.training_usd,
        fixed_usd=balance.fixed_usd,
        payback_months=balance.payback_months,
        break_even_requests=balance.break_even_requests(receipt),
        saving_over_horizon_usd=balance.left_usd,
        roi_ratio=balance.return_ratio(receipt),
        error_cost_ceiling_usd=balance.error_cost_ceiling(receipt),
        hosting_break_even_requests_per_month=balance.hosting_break_even(receipt),
        flips=tuple(_flips(inputs, catalogue, balance, receipt)),
        cumulative=tuple(balance.months(receipt)),
        steps=(),
        prices=balance.quotes,
        warnings=tuple(distillation_advice.warnings(inputs, catalogue, balance, read)),
        charts=() if is_quiet else tuple(distillation_advice.charts_all(inputs, balance)),
    )
    return replace(result, steps=tuple(receipt.steps))


def answer(inputs: Inputs, result: Result) -> str:
    """Return the decision in one or two sentences."""
    teacher, student = (chat_models()[each] for each in (inputs.teacher_model_id, inputs.student_model_id))
    if not result.allowed:
        return f"Bedrock does not distil {teacher} into {student}: {result.reasons[0]}"
    assert result.fixed_usd is not None  # noqa: S101 - a pair that is offered has a cost
    assert result.saving_over_horizon_usd is not None  # noqa: S101 - the same
    made, horizon = shown.usd(result.fixed_usd), shown.months(inputs.horizon_months)
    if result.payback_months is None:
        loss = -result.saving_usd_per_month
        more = f"would cost {shown.usd(loss)} a month more" if loss else "saves nothing"
        return f"Stay with {teacher}: {student} {more}, and making it costs {made}."
    months = shown.significant(result.payback_months, 3)
    check = f" Check first that {teacher} can still be had: AWS's pages disagree." if len(result.reasons) > 1 else ""
    if result.payback_months > inputs.horizon_months:
        return f"Stay with {teacher}: making {student} costs {made} and takes {months} months to repay, not {horizon}."
    left = shown.usd(result.saving_over_horizon_usd)
    return f"{student} costs {made} to make, repays it in {months} months and saves {left} in {horizon}.{check}"


def _decide(inputs: Inputs, repaid: Decimal | None) -> str:
    return "pays" if repaid is not None and repaid <= inputs.horizon_months else "does_not_pay"


def _flips(inputs: Inputs, catalogue: Catalogue, balance: Balance, receipt: Receipt) -> Iterator[Flip]:
    """Yield the nearest flip of each input that can change the decision."""
    ids = (inputs.teacher_model_id, inputs.student_model_id)
    has_step = any(catalogue.models[each].long_context_threshold_tokens is not None for each in ids)

    def decide(changed: Inputs) -> str:
        if not has_step and all(getattr(changed, each) == getattr(inputs, each) for each in SWITCHED):
            offered, repaid = balance.pair.is_offered, payback_again(changed, balance)
        else:
            other = weigh(changed, catalogue, Receipt(is_quiet=True))
            offered, repaid = other.pair.is_offered, other.payback_months
        return _decide(changed, repaid) if offered else "not_offered"

    def now(name: str) -> Decimal | None:
        own: Decimal | None = getattr(inputs, name)
        return balance.figures.get(name) if own is None else own

    for flip in flips.find(inputs, decide, searched=SEARCHED, switched=SWITCHED, kind=Flip, now=now):
        if isinstance(flip.flips_at, Decimal):
            words = f"nearest value at which it is: {DECISIONS[flip.becomes].lower()}"
            receipt.step(f"flips.{flip.input}.flips_at", flip.flips_at, "", words)
        yield flip
