"""What an expert adds to a comparison of approaches, and the pictures that carry it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from calculators import cautions, charts, shown, tracing
from calculators.customization_options import IMPORT_UNITS, PILOT_RATIO, Plan
from calculators.customization_sheet import APPROACHES, PAID_BY_TOKEN, in_text
from calculators.results import Caution, Chart
from calculators.steps import Receipt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.catalogue import Catalogue
    from calculators.customization import Result
    from calculators.customization_figures import Figures
    from calculators.customization_inputs import Inputs
    from calculators.customization_sheet import Option

POINTS = 16
MOST_TIMES = 20  # a bar beyond so many times the cheapest would flatten the rest
STICKER_TIMES = 2
DOMINANT = Decimal("0.9")
# What F24 leaves out of a store's bill, where the catalogue has it: words, item, meter.
LEFT_OUT = {
    "s3_vectors": ("upload of the vectors", "amazon-s3-vectors:put-upload", "gb"),
    "opensearch_serverless": ("storage", "opensearch-serverless:managed-storage", "gb_month"),
}


def fits(inputs: Inputs, catalogue: Catalogue) -> bool:
    """Say whether all documents fit into one prompt of the model."""
    window = catalogue.models[inputs.model_id].context_tokens
    needed = inputs.corpus_tokens + inputs.input_tokens_per_request + inputs.output_tokens_per_request
    return window is None or needed <= window


@tracing.untraced
def warnings(inputs: Inputs, catalogue: Catalogue, figures: Figures, result: Result) -> Iterator[Caution]:
    """Yield what an expert would say about this comparison."""
    options = {each.approach: each for each in result.options}
    yield from _about_offers(inputs, catalogue, figures, options)
    yield from _about_retrieval(inputs, catalogue, result, options["rag"])
    yield from _about_training(inputs, catalogue, figures, result, options)
    yield from cautions.model_cautions(inputs, catalogue)
    yield from cautions.cache_cautions(inputs, catalogue)
    yield from cautions.price_cautions(figures.quotes, catalogue.snapshot)


def _about_offers(
    inputs: Inputs, catalogue: Catalogue, figures: Figures, options: dict[str, Option]
) -> Iterator[Caution]:
    for approach in ("fine_tuning", "distillation"):
        option = options[approach]
        if option.total_usd is not None:
            continue
        code = "not-offered" if option.where.startswith("Not on Bedrock") else "no-public-price"
        yield Caution(code, f"{APPROACHES[approach]}: {option.where.replace('Not on', 'not on', 1)}.")
    if options["rag"].total_usd is None:
        yield Caution("no-public-price", f"{APPROACHES['rag']}: {options['rag'].where}.")
    if figures.taught is not None and figures.taught.pair.doubt:
        yield Caution("sources-disagree", f"{figures.taught.pair.doubt}.")
    if options["pretraining"].total_usd is None:
        largest = shown.significant(IMPORT_UNITS[-1][0] / 10**9, 3)
        yield Caution(
            "hosting-unknown",
            f"{options['pretraining'].where}. AWS's examples end at {largest} billion parameters, "
            f"and import has a price in few Regions.",
        )
    else:
        units = Plan(inputs, catalogue, figures, Receipt(is_quiet=True)).import_units()
        yield Caution(
            "own-weights-hosting",
            f"Weights of your own are counted on {units} custom model units, one copy awake all month, however many "
            "requests there are. Measure how many copies your load needs; AWS sets the units at import.",
        )


def _about_retrieval(inputs: Inputs, catalogue: Catalogue, result: Result, option: Option) -> Iterator[Caution]:
    if option.total_usd is None or option.usd_per_month is None:
        return
    if not fits(inputs, catalogue):
        yield Caution(
            "documents-do-not-fit",
            "All documents together are longer than the model's context: without retrieval they cannot be sent at all.",
        )
    retrieved = next(each.usd_per_month for each in option.breakdown if each.what == "Retrieved tokens")
    extra = option.usd_per_month - next(
        each.usd_per_month or Decimal(0) for each in option.breakdown if each.what == "Answers"
    )
    if retrieved is not None and extra > 0 and retrieved / extra >= DOMINANT:
        share = shown.percent(retrieved / extra)
        yield Caution(
            "retrieved-tokens-dominate",
            f"{share} of what retrieval adds to a month are the retrieved tokens: fewer or shorter chunks save more "
            "than a cheaper store.",
        )
    if inputs.vector_store == "opensearch_serverless":
        yield Caution(
            "classic-floor",
            "Counted is a classic collection, whose 4 units never sleep. Collection groups may be set to 0 units.",
        )
    if inputs.vector_store == "managed_knowledge_base":
        yield Caution("agentic-retrieval-extra", "Counted is standard retrieval; agentic retrieval costs more a call.")
    left = LEFT_OUT.get(inputs.vector_store)
    row = catalogue.find_price(left[1], inputs.region, "", left[2]) if left else None
    if left and row is not None and row.usd is not None:
        cost = shown.usd(row.usd * result.rag_index_gb)
        time = "once" if left[2] == "gb" else "a month"
        yield Caution(
            "store-extras", f"Not counted: {left[0]} ({cost} {time}), reranking, parsing, and data processed."
        )


def _about_training(
    inputs: Inputs, catalogue: Catalogue, figures: Figures, result: Result, options: dict[str, Option]
) -> Iterator[Caution]:
    label, sticker = result.label_usd_per_usable_item, inputs.usd_per_label
    if label is not None and sticker > 0 and label >= STICKER_TIMES * sticker:
        times = shown.significant(label / sticker, 2)
        yield Caution(
            "label-above-sticker",
            f"A usable label costs {shown.usd(label)}, {times} times its sticker price: votes, reviews, a pilot of "
            f"{shown.percent(PILOT_RATIO)}, work and rejects come on top. Ground Truth takes no new customers.",
        )
    if inputs.labour_hours > 0:
        yield Caution(
            "pipeline-work-not-counted",
            "The work entered is counted for training only. Building and running a retrieval pipeline, and tests of "
            "every approach, take people too.",
        )
    if options["fine_tuning"].total_usd is not None and figures.storage is None:
        name = catalogue.models[inputs.model_id].name
        yield Caution("storage-not-counted", f"AWS charges for keeping a customised {name}; its price is not public.")
    if inputs.cache_ttl != "none" and options["fine_tuning"].total_usd is not None:
        yield Caution(
            "custom-has-no-cache", "No source read says that customised models are cached: they are counted uncached."
        )
    yield Caution(
        "final-run-only",
        "Own pre-training is the final run alone. Failed runs, trials, data and people come on top.",
    )


@tracing.untraced
def charts_all(inputs: Inputs, catalogue: Catalogue, figures: Figures, result: Result) -> Iterator[Chart]:
    """Yield the approaches side by side, then over the number of requests."""
    priced = [(each.total_usd, each) for each in result.options if each.total_usd is not None]
    ordered = sorted(priced, key=lambda row: row[0])
    least = min(total for total, each in priced if each.approach in PAID_BY_TOKEN)
    drawn = [(total, each) for total, each in ordered if total <= MOST_TIMES * least] or ordered
    yield _side_by_side(inputs, ordered, drawn)
    if inputs.requests_per_month:
        yield _by_volume(
            inputs, catalogue, figures, [each for each in PAID_BY_TOKEN if each in {one.approach for _, one in ordered}]
        )


def _side_by_side(inputs: Inputs, ordered: list[tuple[Decimal, Option]], drawn: list[tuple[Decimal, Option]]) -> Chart:
    """Return the total of each approach, the cheapest marked."""
    rows = [{"approach": APPROACHES[each.approach], "usd": total, "shown": shown.usd(total)} for total, each in drawn]
    cost, winner = next((total, each.approach) for total, each in ordered if each.approach in PAID_BY_TOKEN)
    best = APPROACHES[winner]
    horizon = shown.months(inputs.horizon_months)
    summary = f"Paid by the token, {in_text(winner)} costs least over {horizon}: {shown.usd(cost)}."
    beyond = [f"{in_text(each.approach)} ({shown.usd(total)})" for total, each in ordered[len(drawn) :]]
    if beyond:
        summary += f" Far dearer, and not drawn: {', '.join(beyond)}."
    return charts.bars(
        "cost-by-approach",
        f"What each approach costs over {shown.months(inputs.horizon_months)}",
        summary,
        rows,
        category="approach",
        value="usd",
        axis="USD over the horizon",
        highlight=best,
    )


def _by_volume(inputs: Inputs, catalogue: Catalogue, figures: Figures, approaches: list[str]) -> Chart:
    """Return the total of the near approaches over the number of requests, with their crossings."""

    def totals(requests: Decimal) -> dict[str, Decimal]:
        changed = inputs.trial("requests_per_month", requests)
        options = Plan(changed, catalogue, figures, Receipt(is_quiet=True)).options()
        return {each.approach: each.total_usd for each in options if each.total_usd is not None}

    start, end = totals(Decimal(0)), totals(inputs.requests_per_month)
    crossings = _crossings(approaches, start, end, inputs.requests_per_month)
    most = max([inputs.requests_per_month * 2, *(each for each, _, _ in crossings)]) * Decimal("1.1")
    rows = []
    for point in range(POINTS + 1):
        requests = (most * point / POINTS).to_integral_value()
        at = totals(requests)
        rows += [{"requests_per_month": requests, "approach": APPROACHES[each], "usd": at[each]} for each in approaches]
    marks = [
        {
            "requests_per_month": at,
            "usd": start[one] + (end[one] - start[one]) * at / inputs.requests_per_month,
            "label": "",
        }
        for at, one, _ in crossings
    ]
    return charts.lines(
        "cost-by-volume",
        "Cost by volume",
        _crossing_words(crossings),
        rows,
        x="requests_per_month",
        x_axis={"title": "Requests a month (dashed: now; rings: crossings)", "format": "~s", "tickCount": 5},
        series="approach",
        names=[APPROACHES[each] for each in approaches],
        value="usd",
        axis="USD over the horizon",
        now=inputs.requests_per_month,
        marks=marks,
    )


def _crossings(
    approaches: list[str], start: dict[str, Decimal], end: dict[str, Decimal], requests: Decimal
) -> list[tuple[Decimal, str, str]]:
    """Return where two totals meet within 20 times the present volume: totals are straight lines in volume."""
    found = []
    for place, one in enumerate(approaches):
        for other in approaches[place + 1 :]:
            slope = (end[one] - start[one]) - (end[other] - start[other])
            at = (start[other] - start[one]) / slope * requests if slope else Decimal(0)
            if 0 < at <= MOST_TIMES * requests:
                steeper, flatter = (one, other) if slope > 0 else (other, one)
                found.append((at, steeper, flatter))
    return sorted(found)


def _crossing_words(crossings: list[tuple[Decimal, str, str]]) -> str:
    """Say which approach overtakes which, and where."""
    if not crossings:
        return "No approach overtakes another at any volume near this one."
    words = [
        f"above {shown.significant(at.to_integral_value(), 3)} requests a month {in_text(flatter)} "
        f"costs less than {in_text(steeper)}"
        for at, steeper, flatter in crossings
    ]
    text = "; ".join(words)
    return f"{text[:1].upper()}{text[1:]}."
