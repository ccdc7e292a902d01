"""One case: the inputs with their figures, demand and job, each worked out when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from calculators.compute_figures import Figures, figures
from calculators.compute_job import Job, job
from calculators.compute_steady import Steady, extreme_hours, steady
from calculators.steps import Receipt

if TYPE_CHECKING:
    from decimal import Decimal

    from calculators.catalogue import Catalogue
    from calculators.compute_purchase import Inputs


class Case:
    """What a judgement is about. A search asks for little of it; a full result for all."""

    def __init__(self, inputs: Inputs, catalogue: Catalogue, receipt: Receipt) -> None:
        """Take the inputs; work out nothing yet."""
        self.inputs: Inputs = inputs
        self.catalogue: Catalogue = catalogue
        self.receipt: Receipt = receipt

    def quietly(self) -> Case:
        """Return the same case without a record of its steps and figures."""
        return Case(self.inputs, self.catalogue, Receipt(is_quiet=True))

    @property
    def is_job(self) -> bool:
        """Whether a job is bought, rather than the steady demand."""
        return (self.inputs.interruptible or self.inputs.fixed_date) and not self.inputs.licence_bound

    @cached_property
    def figures(self) -> Figures:
        """The prices. Raises InputError without an On-Demand price."""
        return figures(self.inputs, self.catalogue, self.receipt)

    @cached_property
    def steady(self) -> Steady:
        """The demand, with and without commitments."""
        return steady(self.inputs, self.figures.on_demand_usd_per_hour, self.receipt)

    @cached_property
    def extreme_hours(self) -> tuple[Decimal, Decimal]:
        """What the best commitment wastes in the quietest hour, and what it leaves On-Demand at the peak."""
        return extreme_hours(self.steady, self.receipt)

    @cached_property
    def job(self) -> Job:
        """The job as it runs on Spot."""
        return job(self.inputs, self.catalogue, self.receipt)
