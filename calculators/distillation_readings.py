"""Distillation readings: what each source that speaks about this pair or its hosting would answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators import offer_source, shown, tracing
from calculators.catalogue import readings
from calculators.distillation_balance import weigh
from calculators.errors import InputError
from calculators.fields import specs
from calculators.offer_source import Reading
from calculators.steps import Receipt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.catalogue import Catalogue
    from calculators.distillation_balance import Balance
    from calculators.distillation_inputs import Inputs


SAYS = {
    readings.TODAY: "The list of pairs counts. A last day that sources dispute is told, not applied.",
    readings.PAIRS: "It names the pair.",
    readings.EXAM_GUIDE: "A customised model is hosted on model units, not paid by the token.",
}


@tracing.untraced
def found(inputs: Inputs, catalogue: Catalogue, balance: Balance) -> Iterator[Reading]:
    """Yield the source that is followed, then each other one by which the decision is another."""
    mine = _answer(balance)
    yield _reading(catalogue, inputs.offer_source, _says(balance), mine, is_followed=True)
    for source in offer_source.PAIR_SOURCES:
        if source == inputs.offer_source:
            continue
        says, answer = _by(inputs.trial("offer_source", source), catalogue)
        if answer != mine:
            yield _reading(catalogue, source, says, answer, is_followed=False)


def _reading(catalogue: Catalogue, source: str, says: str, answer: str, *, is_followed: bool) -> Reading:
    read = readings.date_of(catalogue, source)
    return Reading(source=source, is_followed=is_followed, read=read, says=says, answer=answer)


def _by(inputs: Inputs, catalogue: Catalogue) -> tuple[str, str]:
    """Return what a source says of the pair, and the answer by it."""
    try:
        balance = weigh(inputs, catalogue, Receipt(is_quiet=True))
    except InputError as error:
        return SAYS[inputs.offer_source], offer_source.refusal(error, specs(type(inputs)))
    return _says(balance), _answer(balance)


def _says(balance: Balance) -> str:
    """Return the refusals of the pair, or else what this source goes by."""
    pair, source = balance.pair, balance.inputs.offer_source
    return SAYS.get(source, pair.reasons[0]) if pair.is_offered else " ".join(pair.reasons)


def _answer(balance: Balance) -> str:
    if not balance.pair.is_offered:
        return "Not offered: stay with the teacher."
    if balance.payback_months is None:
        return "Offered, and never repaid."
    months = shown.significant(balance.payback_months, 3)
    within = "within" if balance.payback_months <= balance.inputs.horizon_months else "beyond"
    return f"Offered, and repaid after {months} months, {within} the horizon."
