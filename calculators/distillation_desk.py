"""The desk at which the parts of a distillation balance are priced, each with its step."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from calculators.catalogue import readings
from calculators.errors import InputError, Problem
from calculators.formulas import distillation, tokens
from calculators.ledger import Ledger
from calculators.quotes import PriceBook

if TYPE_CHECKING:
    from calculators.catalogue import Catalogue
    from calculators.distillation_inputs import Inputs
    from calculators.ledger import Quote
    from calculators.steps import Receipt

IMPORT_ITEM = "custom-model-unit-v1.0"
MINUTES_PER_HOUR = 60
ZERO = Decimal(0)


class Desk:
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
            self._refuse_by_older_material()
            return ZERO
        hourly = self._imported_hour() if inputs.hosting == "imported" else self._unit_hour()
        self.figures["hosting_usd_per_hour"] = hourly
        month = distillation.hosting_usd_per_month(hosting_usd_per_hour=hourly)
        return self.receipt.step("hosting_usd_per_month", month, "USD per month", "730·P_h", "F22", P_h=hourly)

    def _refuse_by_older_material(self) -> None:
        """Refuse a student paid by the token where the source that counts knows none."""
        if self.inputs.offer_source == readings.EXAM_GUIDE:
            problem = (
                "by older material a customised model runs on Provisioned Throughput only: "
                "choose it and enter its price, or follow another source"
            )
            raise InputError([Problem("hosting", problem)])

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
