"""The inputs of distillation savings: a workload that a teacher answers, and the student that could."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from calculators import offer_source
from calculators.fields import Inputs as BaseInputs
from calculators.fields import chat_models, choice, flag, number, price, ratio, regions, whole
from calculators.groups import PRICES, ROUTINGS, WORKLOAD, token_price

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

PAIR, MAKING, QUALITY, RUNNING = "Teacher and student", "Making the student", "Errors", "Running the student"
HOSTINGS = {
    "on_demand": "On demand: paid by the token",
    "provisioned": "Provisioned Throughput: paid by the hour",
    "imported": "Custom Model Import: paid by the hour",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs(BaseInputs):
    """A workload that a teacher answers today, and the student that could answer it."""

    teacher_model_id: str = choice(
        "amazon.nova-premier-v1:0",
        chat_models,
        label="Teacher",
        help="The large model that answers today, and that labels the examples.",
        group=PAIR,
    )
    student_model_id: str = choice(
        "amazon.nova-micro-v1:0",
        chat_models,
        label="Student",
        help="The small model that is trained on the teacher's answers.",
        group=PAIR,
    )
    region: str = choice(
        "us-east-1", regions, label="Source Region", help="The Region that your application calls.", group=PAIR
    )
    routing: str = choice(
        "in_region_or_geo",
        ROUTINGS,
        label="Routing",
        help="Where a request may be answered. Nova 1 models have no global profile.",
        group=PAIR,
    )
    offer_source: str = offer_source.offer_source(offer_source.PAIR_SOURCES, group=PAIR)
    requests_per_month: Decimal = whole(
        400_000,
        label="Requests",
        help="Calls to the model in a month, retries included.",
        unit="requests per month",
        group=WORKLOAD,
    )
    input_tokens_per_request: Decimal = whole(
        900,
        label="Input tokens",
        help="All tokens sent with one request.",
        unit="tokens per request",
        group=WORKLOAD,
        maximum=10**8,
    )
    output_tokens_per_request: Decimal = whole(
        150,
        label="Output tokens",
        help="All tokens that the model makes for one request.",
        unit="tokens per request",
        group=WORKLOAD,
        maximum=10**8,
    )
    horizon_months: Decimal = whole(
        12,
        label="Horizon",
        help="Months over which the making has to be repaid.",
        unit="months",
        group=WORKLOAD,
        minimum=1,
        maximum=60,
    )
    training_examples: Decimal = whole(
        10_000,
        label="Training examples",
        help="Prompts that the teacher answers for the student to learn from.",
        unit="examples",
        group=MAKING,
        maximum=10**9,
    )
    tokens_per_example: Decimal = whole(
        1_050,
        label="Tokens of an example",
        help="Question and answer together, by the student's tokeniser.",
        unit="tokens per example",
        group=MAKING,
        maximum=10**8,
    )
    epochs: Decimal = whole(
        2,
        label="Epochs",
        help="How often each example is trained on. Bedrock suggests 2 for Nova.",
        unit="times",
        group=MAKING,
        minimum=1,
        maximum=100,
    )
    labels_from_logs: bool = flag(
        default=False,
        label="Answers are in the logs",
        help="The same teacher's answers were logged and are used again: labelling costs nothing.",
        group=MAKING,
    )
    evaluations: Decimal = whole(
        500,
        label="Answers rated by people",
        help="Answers of the student that people rate before it goes live.",
        unit="ratings",
        group=MAKING,
        maximum=10**9,
    )
    usd_per_evaluation: Decimal = number(
        "2",
        label="Cost of a rating",
        help="Your people's time; AWS's fee for a human evaluation task is on top.",
        unit="USD per rating",
        group=MAKING,
        maximum=10**6,
    )
    labour_hours: Decimal = number(
        "80", label="Work", help="Data, training, tests, release.", unit="hours", group=MAKING, maximum=10**9
    )
    labour_usd_per_hour: Decimal = number(
        "95", label="Cost of an hour of work", help="With overheads.", unit="USD per hour", group=MAKING, maximum=10**6
    )
    extra_error_ratio: Decimal = ratio(
        "0.015",
        label="Additional errors",
        help="Share of requests that the student gets wrong and the teacher would not. Measure it.",
        group=QUALITY,
    )
    usd_per_error: Decimal = number(
        "0.05",
        label="Cost of an error",
        help="What one wrong answer costs: a repeated call, a hand-over, a refund.",
        unit="USD per error",
        group=QUALITY,
        maximum=10**9,
    )
    hosting: str = choice(
        "on_demand",
        HOSTINGS,
        label="Hosting",
        help="Customised Nova Micro, Lite and Pro can be paid by the token.",
        group=RUNNING,
    )
    hosting_usd_per_hour: Decimal | None = price(
        label="Price of hosting",
        help="All units together. Used where the student is paid by the hour; AWS publishes none for current models.",
        unit="USD per hour",
        group=RUNNING,
    )
    storage_usd_per_month: Decimal | None = number(
        "0",
        label="Storage of the model",
        help="AWS charges for keeping a customised model. Empty: the catalogue's figure, where it has one.",
        unit="USD per month",
        group=RUNNING,
        maximum=10**6,
        is_nullable=True,
    )
    training_usd_per_mtok: Decimal | None = price(
        label="Training price",
        help="Price of 1 million trained tokens of the student.",
        unit="USD per 1M tokens",
        group=PRICES,
    )
    teacher_input_usd_per_mtok: Decimal | None = token_price(
        "Teacher, input", "Standard price of 1 million input tokens."
    )
    teacher_output_usd_per_mtok: Decimal | None = token_price(
        "Teacher, output", "Standard price of 1 million output tokens."
    )
    student_input_usd_per_mtok: Decimal | None = token_price(
        "Student, input", "Price of 1 million input tokens: the base model's, where it is paid by the token."
    )
    student_output_usd_per_mtok: Decimal | None = token_price("Student, output", "Price of 1 million output tokens.")

    def overrides(self, role: str) -> Mapping[str, Decimal | None]:
        """Return the entered token prices of the teacher or the student, None for the catalogue's."""
        return {meter: getattr(self, f"{role}_{meter}_usd_per_mtok") for meter in ("input", "output")}
