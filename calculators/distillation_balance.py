"""The balance of distilling: what staying with the teacher costs, and what the student costs instead."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from calculators.catalogue import judge_pair
from calculators.errors import InputError, Problem
from calculators.formulas import distillation, tokens
from calculators.ledger import Ledger
from calculators.quotes import PriceBook
from calculators.results import output

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.catalogue import Catalogue, PairJudgement
    from calculators.distillation_savings import Inputs
    from calculators.ledger import Quote
    from calculators.steps import Receipt

HOSTINGS = {
    "on_demand": "On demand: paid by the token",
    "provisioned": "Provisioned Throughput: paid by the hour",
    "imported": "Custom Model Import: paid by the hour",
}
IMPORT_ITEM = "custom-model-unit-v1.0"
MINUTES_PER_HOUR = 60
ZERO = Decimal(0)


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
    desk = _Desk(inputs, catalogue, receipt)
    pair = judge_pair(catalogue, inputs.teacher_model_id, inputs.student_model_id, inputs.region)
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


class _Desk:
    """Where the parts of one balance are priced: it keeps the price books and the receipt."""

    def __init__(self, inputs: Inputs, catalogue: Catalogue, receipt: Receipt) -> None:
        self.inputs, self.receipt = inputs, receipt
        self.ledger = Ledger(catalogue, is_quiet=receipt.is_quiet)
        self.books = {role: self._open(role, catalogue) for role in ("teacher", "student")}
        self.student = catalogue.models[inputs.student_model_id].name
        self.figures: dict[str, Decimal] = {}

    def _open(self, role: str, catalogue: Catalogue) -> PriceBook:
        """Open the price book of one model, at its long-context prices where they apply."""
        inputs = self.inputs
        model_id = inputs.teacher_model_id if role == "teacher" else inputs.student_model_id
        threshold = catalogue.models[model_id].long_context_threshold_tokens
        is_long = threshold is not None and inputs.input_tokens_per_request > threshold
        return PriceBook(
            catalogue,
            model_id,
            inputs.region,
            inputs.routing,
            inputs.overrides(role),
            is_long_context=is_long,
            is_quiet=self.receipt.is_quiet,
        )

    def quotes(self) -> tuple[Quote, ...]:
        """Return every price used."""
        books: list[Ledger] = [*self.books.values(), self.ledger]
        return tuple({what: quote for book in books for what, quote in book.used.items()}.values())

    def _price(self, role: str, meter: str) -> Decimal:
        name = f"{role}_{meter}_usd_per_mtok"
        found = self.books[role].find_standard(meter)
        if found is None:
            raise InputError([Problem(name, self.books[role].missing(meter).problem)])
        self.figures[name] = found
        return found

    def request_usd(self, role: str) -> Decimal:
        """Return what one request costs on the teacher or the student."""
        inputs = self.inputs
        p_in, p_out = self._price(role, "input"), self._price(role, "output")
        cost = tokens.request_usd(
            fresh_tokens=inputs.input_tokens_per_request,
            cache_read_tokens=0,
            cache_write_tokens=0,
            output_tokens=inputs.output_tokens_per_request,
            input_usd_per_mtok=p_in,
            cache_read_usd_per_mtok=ZERO,
            cache_write_usd_per_mtok=ZERO,
            output_usd_per_mtok=p_out,
        )
        symbols = {"T_in": inputs.input_tokens_per_request, "T_out": inputs.output_tokens_per_request}
        formula = "(T_in·p_in + T_out·p_out) / 10^6"
        name = f"{role}_usd_per_request"
        return self.receipt.step(name, cost, "USD per request", formula, "F01", p_in=p_in, p_out=p_out, **symbols)

    def hosting_usd(self) -> Decimal:
        """Return a month of the student's capacity, 0 where it is paid by the token."""
        inputs = self.inputs
        if inputs.hosting == "on_demand":
            return ZERO
        hourly = self._imported_hour() if inputs.hosting == "imported" else self._unit_hour()
        self.figures["hosting_usd_per_hour"] = hourly
        month = distillation.hosting_usd_per_month(hosting_usd_per_hour=hourly)
        return self.receipt.step("hosting_usd_per_month", month, "USD per month", "730·P_h", "F22", P_h=hourly)

    def _unit_hour(self) -> Decimal:
        return self.ledger.figure(
            "hosting_usd_per_hour",
            self.inputs.hosting_usd_per_hour,
            f"A model unit of {self.student}, without commitment",
            item=self.inputs.student_model_id,
            region=self.inputs.region,
            meter="model_unit_hour_none",
        )

    def _imported_hour(self) -> Decimal:
        """Return the reader's price of an hour, or that of one custom model unit."""
        own, meter = self.inputs.hosting_usd_per_hour, "import_unit_minute"
        if own is not None:
            return self.ledger.note_own("Hosting by Custom Model Import", own, "USD per hour")
        what, name = "One custom model unit", "hosting_usd_per_hour"
        minute = self.ledger.figure(name, None, what, item=IMPORT_ITEM, region=self.inputs.region, meter=meter)
        hour = MINUTES_PER_HOUR * minute
        return self.receipt.step("hosting_usd_per_hour", hour, "USD per hour", "60·p", "F14", p=minute)

    def storage_usd(self) -> Decimal:
        """Return a month of keeping the customised model."""
        own = self.inputs.storage_usd_per_month
        if own is not None:
            return own
        what, item, meter = (
            f"Storage of a customised {self.student}",
            self.inputs.student_model_id,
            "custom_storage_month",
        )
        name, region = "storage_usd_per_month", self.inputs.region
        found = self.ledger.figure(name, None, what, item=item, region=region, meter=meter)
        self.figures[name] = found
        return found

    def labelling_usd(self, teacher_usd: Decimal) -> Decimal:
        """Return what the teacher's answers cost, 0 where they are in the logs."""
        inputs = self.inputs
        if inputs.labels_from_logs:
            return ZERO
        cost = distillation.labelling_usd(
            training_examples=inputs.training_examples, teacher_usd_per_request=teacher_usd
        )
        symbols = {"N": inputs.training_examples, "c_T": teacher_usd}
        return self.receipt.step("labelling_usd", cost, "USD", "N·c_T", "F22", **symbols)

    def training_usd(self, *, is_offered: bool) -> Decimal | None:
        """Return the training run; None where the pair is not offered and no price is known."""
        inputs, name = self.inputs, "training_usd_per_mtok"
        what, meter = f"Training of {self.student}", "custom_training"
        asked = {"item": inputs.student_model_id, "region": inputs.region, "meter": meter}
        if is_offered:
            price: Decimal | None = self.ledger.figure(name, inputs.training_usd_per_mtok, what, **asked)
        else:
            price = self.ledger.find_figure(inputs.training_usd_per_mtok, what, **asked)
        if price is None:
            return None
        self.figures[name] = price
        cost = distillation.training_usd(
            training_examples=inputs.training_examples,
            tokens_per_example=inputs.tokens_per_example,
            epochs=inputs.epochs,
            training_usd_per_mtok=price,
        )
        symbols = {"N": inputs.training_examples, "T": inputs.tokens_per_example, "epochs": inputs.epochs, "p": price}
        return self.receipt.step("training_usd", cost, "USD", "N·T·epochs·p / 10^6", "F23", **symbols)

    def fixed_usd(self, labelling: Decimal, training: Decimal) -> Decimal:
        """Return all that is paid before the student answers its first request."""
        inputs = self.inputs
        cost = distillation.fixed_usd(
            labelling_usd=labelling,
            training_usd=training,
            evaluations=inputs.evaluations,
            usd_per_evaluation=inputs.usd_per_evaluation,
            labour_hours=inputs.labour_hours,
            labour_usd_per_hour=inputs.labour_usd_per_hour,
        )
        symbols = {"labels": labelling, "training": training, "E": inputs.evaluations}
        symbols |= {"p_E": inputs.usd_per_evaluation, "h": inputs.labour_hours, "w": inputs.labour_usd_per_hour}
        return self.receipt.step("fixed_usd", cost, "USD", "labels + training + E·p_E + h·w", "F22", **symbols)

    def payback_months(self, fixed: Decimal | None, saving: Decimal) -> Decimal | None:
        """Return the months until the making is repaid, None where it never is."""
        months = None if fixed is None else distillation.payback_months(fixed_usd=fixed, saving_usd_per_month=saving)
        if fixed is None or months is None:
            return None
        return self.receipt.step("payback_months", months, "months", "F / S", "F22", F=fixed, S=saving)

    def left_usd(self, fixed: Decimal | None, saving: Decimal) -> Decimal | None:
        """Return what is left at the end of the horizon."""
        if fixed is None:
            return None
        horizon = self.inputs.horizon_months
        left = distillation.saving_over_horizon_usd(
            fixed_usd=fixed, saving_usd_per_month=saving, horizon_months=horizon
        )
        symbols = {"S": saving, "n": horizon, "F": fixed}
        return self.receipt.step("saving_over_horizon_usd", left, "USD", "S·n − F", "F22", **symbols)
