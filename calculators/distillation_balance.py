"""The balance of distilling: what staying with the teacher costs, and what the student costs instead."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from calculators.catalogue import judge_pair
from calculators.distillation_desk import ZERO, Desk
from calculators.formulas import distillation, tokens
from calculators.results import output

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.catalogue import Catalogue, PairJudgement
    from calculators.distillation_inputs import Inputs
    from calculators.ledger import Quote
    from calculators.steps import Receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """What both choices have cost by the end of a month."""

    month: int = output("Month", "months")
    stay_usd: Decimal = output("Stay", "USD")
    distil_usd: Decimal = output("Distil", "USD")


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """Both choices for one workload; what follows from a training price is None where there is none."""

    inputs: Inputs
    pair: PairJudgement
    teacher_usd: Decimal
    student_usd: Decimal
    penalty_usd: Decimal
    net_usd: Decimal
    hosting_usd: Decimal
    storage_usd: Decimal
    saving_usd: Decimal
    labelling_usd: Decimal
    training_usd: Decimal | None
    fixed_usd: Decimal | None
    payback_months: Decimal | None
    left_usd: Decimal | None
    figures: dict[str, Decimal]
    quotes: tuple[Quote, ...]

    def cost_cut(self, receipt: Receipt) -> Decimal | None:
        """Return the share of the teacher's token cost that is saved, None where the teacher is free."""
        if self.teacher_usd == 0:
            return None
        cut = 1 - self.student_usd / self.teacher_usd
        symbols = {"c_S": self.student_usd, "c_T": self.teacher_usd}
        return receipt.step("cost_cut_ratio", cut, "ratio", "1 − c_S / c_T", "F22", **symbols)

    def break_even_requests(self, receipt: Receipt) -> Decimal | None:
        """Return the requests that repay the making, None where it is never repaid or has no price."""
        if self.fixed_usd is None:
            return None
        requests = distillation.break_even_requests(fixed_usd=self.fixed_usd, net_saving_usd_per_request=self.net_usd)
        if requests is None:
            return None
        symbols = {"F": self.fixed_usd, "net": self.net_usd}
        return receipt.step("break_even_requests", requests, "requests", "F / net", "F22", **symbols)

    def return_ratio(self, receipt: Receipt) -> Decimal | None:
        """Return what is left per dollar of making, None where the making has no cost or no price."""
        if self.fixed_usd is None or self.left_usd is None:
            return None
        found = distillation.return_ratio(fixed_usd=self.fixed_usd, saving_over_horizon_usd=self.left_usd)
        if found is None:
            return None
        return receipt.step("roi_ratio", found, "ratio", "left / F", "F22", left=self.left_usd, F=self.fixed_usd)

    def error_cost_ceiling(self, receipt: Receipt) -> Decimal | None:
        """Return the cost of an error above which the student never pays, None where there is no such cost."""
        errors = self.inputs.extra_error_ratio
        ceiling = distillation.error_cost_ceiling_usd(
            teacher_usd_per_request=self.teacher_usd,
            student_usd_per_request=self.student_usd,
            extra_error_ratio=errors,
        )
        if ceiling is None:
            return None
        symbols = {"c_T": self.teacher_usd, "c_S": self.student_usd, "Δe": errors}
        return receipt.step("error_cost_ceiling_usd", ceiling, "USD per error", "(c_T − c_S) / Δe", "F22", **symbols)

    def hosting_break_even(self, receipt: Receipt) -> Decimal | None:
        """Return the requests a month from which hourly hosting pays, None without a price or an answer."""
        hourly = self.figures.get("hosting_usd_per_hour", self.inputs.hosting_usd_per_hour)
        if hourly is None:
            return None
        month = distillation.hosting_usd_per_month(hosting_usd_per_hour=hourly)
        requests = distillation.hosting_break_even_requests_per_month(
            hosting_usd_per_month=month,
            teacher_usd_per_request=self.teacher_usd,
            error_penalty_usd_per_request=self.penalty_usd,
        )
        if requests is None:
            return None
        symbols = {"P_h": hourly, "c_T": self.teacher_usd, "penalty": self.penalty_usd}
        name, formula = "hosting_break_even_requests_per_month", "730·P_h / (c_T − penalty)"
        return receipt.step(name, requests, "requests per month", formula, "F22", **symbols)

    def months(self, receipt: Receipt) -> Iterator[Month]:
        """Yield what both choices have cost after each month, nothing where the making has no price."""
        if self.fixed_usd is None:
            return
        stay = self.inputs.requests_per_month * self.teacher_usd
        for month in range(int(self.inputs.horizon_months) + 1):
            stayed, distilled = month * stay, self.fixed_usd + month * (stay - self.saving_usd)
            row = f"cumulative.{month}"
            receipt.step(f"{row}.month", Decimal(month), "months", "t", "", t=month)
            symbols = {"t": Decimal(month), "N": self.inputs.requests_per_month, "c_T": self.teacher_usd}
            receipt.step(f"{row}.stay_usd", stayed, "USD", "t·N·c_T", "F22", **symbols)
            symbols |= {"F": self.fixed_usd, "S": self.saving_usd}
            receipt.step(f"{row}.distil_usd", distilled, "USD", "F + t·(N·c_T − S)", "F22", **symbols)
            yield Month(month=month, stay_usd=stayed, distil_usd=distilled)


def payback_again(inputs: Inputs, like: Balance) -> Decimal | None:
    """Return the payback of other numbers with the same models, Region, route and hosting.

    It is what `weigh` finds, from the figures already looked up: a search tries hundreds of numbers.
    """

    def usd(name: str) -> Decimal:
        own: Decimal | None = getattr(inputs, name)
        return like.figures.get(name, ZERO) if own is None else own

    def request_usd(role: str) -> Decimal:
        p_in, p_out = usd(f"{role}_input_usd_per_mtok"), usd(f"{role}_output_usd_per_mtok")
        micro = inputs.input_tokens_per_request * p_in + inputs.output_tokens_per_request * p_out
        return micro / tokens.TOKENS_PER_MTOK

    teacher, is_hosted = request_usd("teacher"), inputs.hosting != "on_demand"
    net = teacher - inputs.extra_error_ratio * inputs.usd_per_error - (ZERO if is_hosted else request_usd("student"))
    hosting = distillation.HOURS_PER_MONTH * usd("hosting_usd_per_hour") if is_hosted else ZERO
    saving = inputs.requests_per_month * net - hosting - usd("storage_usd_per_month")
    trained = inputs.training_examples * inputs.tokens_per_example * inputs.epochs
    making = trained * usd("training_usd_per_mtok") / tokens.TOKENS_PER_MTOK
    making += ZERO if inputs.labels_from_logs else inputs.training_examples * teacher
    making += inputs.evaluations * inputs.usd_per_evaluation + inputs.labour_hours * inputs.labour_usd_per_hour
    return distillation.payback_months(fixed_usd=making, saving_usd_per_month=saving)


def weigh(inputs: Inputs, catalogue: Catalogue, receipt: Receipt) -> Balance:
    """Return both choices with their costs, each step on the receipt."""
    desk = Desk(inputs, catalogue, receipt)
    pair = judge_pair(catalogue, inputs.teacher_model_id, inputs.student_model_id, inputs.region, inputs.offer_source)
    teacher = desk.request_usd("teacher")
    hosting = desk.hosting_usd()
    student = desk.request_usd("student") if inputs.hosting == "on_demand" else ZERO
    penalty = distillation.error_penalty_usd_per_request(
        extra_error_ratio=inputs.extra_error_ratio, usd_per_error=inputs.usd_per_error
    )
    symbols = {"Δe": inputs.extra_error_ratio, "L": inputs.usd_per_error}
    receipt.step("error_penalty_usd_per_request", penalty, "USD per request", "Δe·L", "F22", **symbols)
    net = distillation.net_saving_usd_per_request(
        teacher_usd_per_request=teacher, student_usd_per_request=student, error_penalty_usd_per_request=penalty
    )
    symbols = {"c_T": teacher, "c_S": student, "penalty": penalty}
    receipt.step("net_saving_usd_per_request", net, "USD per request", "c_T − c_S − penalty", "F22", **symbols)
    storage = desk.storage_usd()
    saving = distillation.saving_usd_per_month(
        requests_per_month=inputs.requests_per_month,
        net_saving_usd_per_request=net,
        hosting_usd_per_month=hosting,
        storage_usd_per_month=storage,
    )
    symbols = {"N": inputs.requests_per_month, "net": net, "H": hosting, "K": storage}
    receipt.step("saving_usd_per_month", saving, "USD per month", "N·net − H − K", "F22", **symbols)
    labelling = desk.labelling_usd(teacher)
    training = desk.training_usd(is_offered=pair.is_offered)
    fixed = None if training is None else desk.fixed_usd(labelling, training)
    return Balance(
        inputs=inputs,
        pair=pair,
        teacher_usd=teacher,
        student_usd=student,
        penalty_usd=penalty,
        net_usd=net,
        hosting_usd=hosting,
        storage_usd=storage,
        saving_usd=saving,
        labelling_usd=labelling,
        training_usd=training,
        fixed_usd=fixed,
        payback_months=desk.payback_months(fixed, saving),
        left_usd=desk.left_usd(fixed, saving),
        figures=desk.figures,
        quotes=desk.quotes(),
    )
