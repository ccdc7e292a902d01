"""The job: what it costs On-Demand, how often Spot interrupts it, what it then takes and costs."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from calculators.formulas import spot

if TYPE_CHECKING:
    from calculators.catalogue import Catalogue, SpotBand
    from calculators.compute_purchase import Inputs
    from calculators.steps import Receipt

SECONDS_PER_HOUR = 3_600
E = "2.718281828459045"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """The job with its interruptions; None where they are not known, or where it would not end."""

    instance_mean_hours: Decimal | None
    mean_hours: Decimal | None  # of the whole job
    young_seconds: Decimal | None
    interval_seconds: Decimal | None
    expected_hours: Decimal | None
    overhead_ratio: Decimal | None
    break_even_price_ratio: Decimal | None
    probability_uninterrupted_ratio: Decimal | None

    @property
    def is_endless(self) -> bool:
        """Whether interruptions are known, and so frequent that the job does not end."""
        return self.mean_hours is not None and self.expected_hours is None


def band(inputs: Inputs, catalogue: Catalogue) -> SpotBand | None:
    """Return the catalogue's band of interruptions for the instance type in the Region."""
    return catalogue.spot_bands.get((inputs.instance_type, inputs.region))


def monthly_ratio(inputs: Inputs, catalogue: Catalogue) -> Decimal | None:
    """Return the share interrupted in a month: the reader's, or the upper end of the catalogue's band."""
    found = band(inputs, catalogue)
    if inputs.monthly_interruption_ratio is not None or found is None:
        return inputs.monthly_interruption_ratio
    return found.to_ratio or found.from_ratio


def job(inputs: Inputs, catalogue: Catalogue, receipt: Receipt) -> Job:
    """Return the job as it runs on Spot."""
    alone = _instance_mean_hours(inputs, catalogue, receipt)
    mean = young = interval = untouched = None
    if alone is not None:
        n = inputs.instances_in_job
        mean = spot.job_mean_hours_between_interruptions(instance_mean_hours=alone, instances=n)
        assert mean is not None  # noqa: S101 - there is at least one instance
        receipt.step("job_mean_hours_between_interruptions", mean, "hours", "M_1 / n", "F35", M_1=alone, n=n)
        untouched = _untouched(inputs.job_hours, mean, receipt)
        young, interval = _intervals(inputs.checkpoint_seconds, mean, receipt)
    expected = None if mean is None else _expected(inputs, interval, mean, receipt)
    work, overhead, break_even = inputs.job_hours, None, None
    if expected is not None:
        symbols = {"E": expected, "W": work}
        overhead = receipt.step("spot_overhead_ratio", expected / work - 1, "ratio", "E / W − 1", "F34", **symbols)
        break_even = spot.break_even_price_ratio(work_hours=work, hours=expected)
        assert break_even is not None  # noqa: S101 - the expected time is above 0
        receipt.step("spot_break_even_price_ratio", break_even, "ratio", "W / E", "F34", **symbols)
    return Job(
        instance_mean_hours=alone,
        mean_hours=mean,
        young_seconds=young,
        interval_seconds=interval,
        expected_hours=expected,
        overhead_ratio=overhead,
        break_even_price_ratio=break_even,
        probability_uninterrupted_ratio=untouched,
    )


def _instance_mean_hours(inputs: Inputs, catalogue: Catalogue, receipt: Receipt) -> Decimal | None:
    """Return the mean time between interruptions of one instance, None where nothing is known of it."""
    if inputs.mean_hours_between_interruptions is not None:
        return inputs.mean_hours_between_interruptions
    share = monthly_ratio(inputs, catalogue)
    if share is None:
        return None
    mean = spot.mean_hours_between_interruptions(monthly_interruption_ratio=share)
    assert mean is not None  # noqa: S101 - the share is above 0 and below 1
    return receipt.step("instance_mean_hours", mean, "hours", "−720 / ln(1 − f)", "F35", f=share)


def _untouched(work: Decimal, mean: Decimal, receipt: Receipt) -> Decimal:
    untouched = spot.probability_uninterrupted_ratio(work_hours=work, job_mean_hours=mean)
    assert untouched is not None  # noqa: S101 - the mean time is above 0
    return receipt.step("probability_uninterrupted_ratio", untouched, "ratio", "e^(−W / M)", "F35", e=E, W=work, M=mean)


def _intervals(checkpoint: Decimal | None, mean: Decimal, receipt: Receipt) -> tuple[Decimal | None, Decimal | None]:
    """Return Young's and Daly's interval, None without checkpoints."""
    if checkpoint is None:
        return None, None
    seconds = mean * SECONDS_PER_HOUR
    symbols = {"C": checkpoint, "M": seconds}
    receipt.step("job_mean_seconds_between_interruptions", seconds, "seconds", "3600·M", "F33", M=mean)
    times = {"checkpoint_seconds": checkpoint, "mean_seconds_between_interruptions": seconds}
    young = spot.young_interval_seconds(**times)
    receipt.step("young_interval_seconds", young, "seconds", "(2·C·M)^0.5", "F33", **symbols)
    daly = spot.daly_interval_seconds(**times)
    rule = "(2·C·M)^0.5·(1 + (C / (2·M))^0.5 / 3 + C / (18·M)) − C" if checkpoint < 2 * seconds else "M"
    receipt.step("checkpoint_interval_seconds", daly, "seconds", rule, "F33", **symbols)
    return young, daly


def expected_hours(inputs: Inputs, interval_seconds: Decimal | None, mean_hours: Decimal) -> Decimal | None:
    """Return the expected time at an interval; without one the whole job is one stretch, without checkpoint."""
    checkpoint = inputs.checkpoint_seconds if interval_seconds is not None else None
    return spot.expected_hours(
        work_hours=inputs.job_hours,
        interval_seconds=inputs.job_hours * SECONDS_PER_HOUR if interval_seconds is None else interval_seconds,
        checkpoint_seconds=checkpoint or Decimal(0),
        restart_seconds=inputs.restart_seconds,
        mean_seconds_between_interruptions=mean_hours * SECONDS_PER_HOUR,
    )


def _expected(inputs: Inputs, interval: Decimal | None, mean: Decimal, receipt: Receipt) -> Decimal | None:
    expected = expected_hours(inputs, interval, mean)
    if expected is None:
        return None
    return receipt.step(
        "spot_expected_hours",
        expected,
        "hours",
        "(M / 3600)·e^(R / M)·(e^((τ + C) / M) − 1)·3600·W / τ",
        "F34",
        e=E,
        M=mean * SECONDS_PER_HOUR,
        R=inputs.restart_seconds,
        τ=inputs.job_hours * SECONDS_PER_HOUR if interval is None else interval,
        C=0 if interval is None else inputs.checkpoint_seconds or 0,
        W=inputs.job_hours,
    )
