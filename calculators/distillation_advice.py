"""What an expert adds to a distillation balance, and the pictures that carry it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from calculators import cautions, charts, offer_source, shown, tracing
from calculators.catalogue import readings
from calculators.results import Caution, Chart

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.catalogue import Catalogue
    from calculators.distillation_balance import Balance
    from calculators.distillation_inputs import Inputs
    from calculators.offer_source import Reading

MOST_SYNTHESISED = 15_000
PEOPLE_DOMINATE = Decimal("0.9")
DAYS_PER_MONTH = Decimal("30.4375")
STORAGE_EXAMPLE = ("amazon.nova-2-lite-v1:0", "us-east-1")  # a model and a Region with a public figure
STAY, DISTIL = "Stay with the teacher", "Distil"


@tracing.untraced
def warnings(inputs: Inputs, catalogue: Catalogue, balance: Balance, read: tuple[Reading, ...]) -> Iterator[Caution]:
    """Yield what an expert would say about this plan."""
    # Where today's sources disagree about the pair, its doubt says so below.
    told = offer_source.caution(read)
    if told is not None:
        yield told
    if not balance.pair.is_offered:
        yield Caution("pair-not-offered", balance.pair.reasons[0])
    if balance.pair.doubt:
        yield Caution(
            "sources-disagree", f"{balance.pair.doubt}. Ask for the teacher in your account before you plan with it."
        )
    yield from _about_the_making(inputs, catalogue, balance)
    yield from _about_quality(inputs, balance)
    yield from _about_running(inputs, catalogue, balance)
    yield from _about_retirement(inputs, catalogue, balance)
    yield from cautions.price_cautions(balance.quotes, catalogue.snapshot)


def _about_the_making(inputs: Inputs, catalogue: Catalogue, balance: Balance) -> Iterator[Caution]:
    if inputs.labels_from_logs:
        yield Caution(
            "labels-need-logging",
            "Answers can only be used again if model invocation logging was on and this very teacher gave them. "
            "Logs are personal data: clean them first.",
        )
    if inputs.training_examples > MOST_SYNTHESISED:
        yield Caution(
            "synthesis-is-capped",
            f"Bedrock makes at most {MOST_SYNTHESISED:,} prompt and answer pairs: the others you have to bring.",
        )
    if inputs.evaluations == 0:
        yield Caution("not-evaluated", "Nobody rates the student's answers: then its additional errors are a guess.")
    people = inputs.evaluations * inputs.usd_per_evaluation + inputs.labour_hours * inputs.labour_usd_per_hour
    if balance.fixed_usd and people / balance.fixed_usd >= PEOPLE_DOMINATE:
        share = shown.percent(people / balance.fixed_usd)
        yield Caution(
            "people-not-tokens",
            f"People are {share} of the making. It comes again each time the teacher or the domain changes.",
        )
    name, threshold = _longest(inputs, catalogue)
    if threshold is not None:
        yield Caution(
            "long-context-price",
            f"Above {threshold:,} input tokens {name} charges every token of the request at its long-context price.",
        )


def _longest(inputs: Inputs, catalogue: Catalogue) -> tuple[str, int | None]:
    """Return the model whose long-context step the requests pass, if any."""
    for model_id in (inputs.teacher_model_id, inputs.student_model_id):
        model = catalogue.models[model_id]
        step = model.long_context_threshold_tokens
        if step is not None and inputs.input_tokens_per_request > step:
            return model.name, step
    return "", None


def _about_quality(inputs: Inputs, balance: Balance) -> Iterator[Caution]:
    if inputs.extra_error_ratio == 0 or inputs.usd_per_error == 0:
        yield Caution(
            "errors-cost-nothing",
            "The student's additional errors are taken as free. Measure them on real requests: "
            "they decide more plans than tokens do.",
        )
    if balance.student_usd >= balance.teacher_usd and inputs.hosting == "on_demand":
        yield Caution(
            "student-is-dearer", "The student's tokens cost no less than the teacher's: nothing can be saved."
        )
    elif balance.net_usd <= 0:
        yield Caution("errors-eat-the-saving", "The additional errors cost more than the cheaper tokens save.")


def _about_running(inputs: Inputs, catalogue: Catalogue, balance: Balance) -> Iterator[Caution]:
    student = catalogue.models[inputs.student_model_id].name
    route = (inputs.student_model_id, inputs.region, inputs.routing)
    if inputs.hosting == "on_demand" and balance.pair.is_offered:
        offered = catalogue.offered(*route, "custom_on_demand")
        if not offered.is_offered:
            yield Caution("hosting-not-offered", f"{offered.reason} Count with an hourly unit instead.")
    if inputs.hosting == "provisioned":
        offered = readings.offered(catalogue, inputs.offer_source, (*route, "provisioned"))
        if not offered.is_offered:
            yield Caution("hosting-not-offered", offered.reason)
        yield Caution("idle-is-paid", "A model unit is billed by the hour until you delete it, at night too.")
    if inputs.hosting == "imported":
        yield Caution(
            "import-takes-open-weights",
            "Custom Model Import takes open weights that you trained yourself. A student made by Bedrock stays in "
            "Bedrock. Without a price of yours, one custom model unit is counted, awake all month.",
        )
    gained = inputs.requests_per_month * balance.net_usd
    if balance.hosting_usd > 0 and balance.hosting_usd >= gained:
        cost, saved = shown.usd(balance.hosting_usd), shown.usd(max(gained, Decimal(0)))
        yield Caution("hosting-eats-the-saving", f"Hosting costs {cost} a month; the cheaper answers save {saved}.")
    if balance.storage_usd == 0:
        like = catalogue.find_price(*STORAGE_EXAMPLE, "", "custom_storage_month")
        figure = (
            f": for {catalogue.models[like.item].name} {shown.usd(like.figure)} a month ({like.as_of})" if like else ""
        )
        yield Caution(
            "storage-not-counted", f"AWS charges for keeping a customised model{figure}. Enter it for {student}."
        )
    if catalogue.offered(inputs.teacher_model_id, inputs.region, inputs.routing, "caching").is_offered:
        yield Caution(
            "caching-not-counted",
            "Prompt caching is left out. If requests share a long prefix, cache it first: "
            "the teacher costs less then, and there is less to save.",
        )


def _about_retirement(inputs: Inputs, catalogue: Catalogue, balance: Balance) -> Iterator[Caution]:
    for role, model_id in (("teacher", inputs.teacher_model_id), ("student", inputs.student_model_id)):
        model = catalogue.models[model_id]
        if model.retirement_date is None:
            if not balance.pair.doubt and inputs.offer_source != readings.LIFECYCLE:  # both dates are told already
                yield from cautions.retirement_cautions(model_id, catalogue)
            continue
        days = (date.fromisoformat(model.retirement_date) - date.fromisoformat(catalogue.snapshot)).days
        if days <= inputs.horizon_months * DAYS_PER_MONTH:
            yield Caution(
                f"{role}-retires",
                f"{model.name}, the {role}, leaves Bedrock on {model.retirement_date}, within the horizon. "
                "What is saved after that day does not count.",
            )


@tracing.untraced
def charts_all(inputs: Inputs, balance: Balance) -> Iterator[Chart]:
    """Yield both choices over time, and what the making is made of."""
    if balance.fixed_usd is None:
        return
    yield _over_time(inputs, balance, balance.fixed_usd)
    if balance.fixed_usd:
        yield _the_making(inputs, balance, balance.fixed_usd)


def _over_time(inputs: Inputs, balance: Balance, fixed: Decimal) -> Chart:
    """Return the running total of both choices, with the month in which they meet."""
    month_usd = inputs.requests_per_month * balance.teacher_usd
    rows = []
    for month in range(int(inputs.horizon_months) + 1):
        rows.append({"month": month, "choice": STAY, "usd": month * month_usd})
        rows.append({"month": month, "choice": DISTIL, "usd": fixed + month * (month_usd - balance.saving_usd)})
    repaid = balance.payback_months
    if repaid is None:
        summary = "The student never repays its making: its line stays above the teacher's."
    elif repaid > inputs.horizon_months:
        when = shown.significant(repaid, 3)
        summary = f"The lines meet after {when} months, beyond the horizon of {inputs.horizon_months}."
    else:
        left = shown.usd(balance.left_usd or Decimal(0))
        summary = (
            f"The making is repaid after {shown.significant(repaid, 3)} months; "
            f"after {shown.months(inputs.horizon_months)} the student has saved {left}."
        )
    marks = []
    if repaid is not None and repaid <= inputs.horizon_months:
        label = f"repaid after {shown.significant(repaid, 3)} months"
        marks.append({"month": repaid, "usd": repaid * month_usd, "label": label})
    return charts.lines(
        "cumulative-cost",
        "What both choices have cost",
        summary,
        rows,
        x="month",
        x_axis={"title": "Months", "tickCount": 6, "format": "d"},
        series="choice",
        names=[STAY, DISTIL],
        value="usd",
        axis="USD in all",
        marks=marks,
        label_align="right" if repaid is not None and repaid * 2 >= inputs.horizon_months else "center",
    )


def _the_making(inputs: Inputs, balance: Balance, fixed: Decimal) -> Chart:
    """Return what the making is made of."""
    parts = {
        "Teacher's answers": balance.labelling_usd,
        "Training": balance.training_usd or Decimal(0),
        "Ratings by people": inputs.evaluations * inputs.usd_per_evaluation,
        "Work": inputs.labour_hours * inputs.labour_usd_per_hour,
    }
    rows = [{"part": part, "usd": usd, "shown": shown.usd(usd)} for part, usd in parts.items()]
    largest = max(parts, key=lambda part: parts[part])
    share = shown.percent(parts[largest] / fixed)
    return charts.bars(
        "making-cost",
        "What making the student costs",
        f"{largest} is the largest part of the making: {share} of {shown.usd(fixed)}.",
        rows,
        category="part",
        value="usd",
        axis="USD, once",
        highlight=largest,
    )
