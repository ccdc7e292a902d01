"""What a return on investment is made of: who gains, adoption, cost, and how sure each figure is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from calculators import fields, shown
from calculators.fields import Conflict, number, ratio, series, whole

GAIN = "Who gains, and how much"
TIME = "Adoption and time"
COST = "Cost"
SPREAD = "How sure you are"

DEVELOPMENT = ("data_usd", "labelling_usd", "integration_usd", "training_usd", "evaluation_usd")
# A driver that may vary: the inputs that its planned figure is made of.
UNCERTAIN = {
    "throughput_gain_ratio": ("throughput_gain_ratio",),
    "realisation_ratio": ("realisation_ratio",),
    "development_usd": DEVELOPMENT,
    "run_usd_per_year": ("run_usd_per_year",),
}
MOST_USD = 10**12
GREATEST_GAIN = 4


def _usd(default: int, *, label: str, help: str, unit: str = "USD", group: str = COST) -> Any:  # noqa: A002
    return number(default, label=label, help=help, unit=unit, group=group, maximum=MOST_USD)


def _end(*, label: str, help: str, unit: str, maximum: int, minimum: str = "0") -> Any:  # noqa: A002
    return number(
        None, label=label, help=help, unit=unit, group=SPREAD, minimum=minimum, maximum=maximum, is_nullable=True
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs(fields.Inputs):
    """A task that people do faster, what the tool costs, and the range of each uncertain figure."""

    people: Decimal = whole(
        120,
        label="People",
        help="Everybody who does the task, whether or not they will use the tool.",
        unit="people",
        group=GAIN,
        maximum=10**7,
    )
    hours_per_person_per_month: Decimal = number(
        150,
        label="Hours on the task",
        help="Hours a month that one person spends on this task alone.",
        unit="hours per month",
        group=GAIN,
        maximum=730,
    )
    throughput_gain_ratio: Decimal = number(
        "0.14",
        label="More work an hour",
        help="0.14 means 14% more an hour, which frees 12.3% of the time. Measure it against people without the tool.",
        unit="ratio",
        group=GAIN,
        maximum=GREATEST_GAIN,
    )
    realisation_ratio: Decimal = ratio(
        "0.5",
        label="Realisation",
        help="Share of the freed time that becomes money: less overtime, fewer hires, more sales. The rest is comfort.",
        group=GAIN,
    )
    loaded_wage_usd_per_hour: Decimal = number(
        32,
        label="Loaded wage",
        help="What an hour of work costs the employer: pay, taxes, benefits, desk.",
        unit="USD per hour",
        group=GAIN,
        maximum=10_000,
    )
    other_gains_usd_per_year: Decimal = _usd(
        0,
        label="Other gains",
        help="Money a year at full adoption that is not freed time, such as fewer refunds.",
        unit="USD per year",
        group=GAIN,
    )
    adoption_ratio_by_year: tuple[Decimal, ...] = series(
        ("0.6", "0.9", "1"),
        most=20,
        maximum=1,
        label="Adoption by year",
        help="Share of the people who use it in year 1, year 2, and so on. As many years as figures: the horizon.",
        unit="ratio",
        group=TIME,
    )
    discount_rate_ratio: Decimal = ratio(
        "0.1",
        label="Discount rate",
        help="What a year of waiting costs, risk included. Ask your finance team for theirs.",
        group=TIME,
    )
    data_usd: Decimal = _usd(40_000, label="Data", help="Collecting, cleaning and preparing it.")
    labelling_usd: Decimal = _usd(30_000, label="Labelling", help="Labels and their review.")
    integration_usd: Decimal = _usd(90_000, label="Integration", help="Building it into the systems people work in.")
    training_usd: Decimal = _usd(20_000, label="Training", help="Customising the model, and teaching people to use it.")
    evaluation_usd: Decimal = _usd(30_000, label="Evaluation", help="Test sets, human ratings, the pilot.")
    run_usd_per_year: Decimal = _usd(
        114_000,
        label="Running cost",
        help="Tokens or capacity, and the people who look after it.",
        unit="USD per year",
    )
    sensitivity_ratio: Decimal = ratio(
        "0.2", label="Move each figure by", help="For the table and the chart that move one figure.", group=SPREAD
    )
    throughput_gain_ratio_low: Decimal | None = _end(
        label="More work an hour, at worst",
        help="Below 0 people get slower. Empty: 0.",
        unit="ratio",
        minimum="-0.5",
        maximum=GREATEST_GAIN,
    )
    throughput_gain_ratio_high: Decimal | None = _end(
        label="More work an hour, at best",
        help="Empty: 34/14 of the planned gain, the range from average to novice in a study of support agents.",
        unit="ratio",
        maximum=GREATEST_GAIN,
    )
    realisation_ratio_low: Decimal | None = _end(
        label="Realisation, at worst", help="Empty: 2/5 of the planned share.", unit="ratio", maximum=1
    )
    realisation_ratio_high: Decimal | None = _end(
        label="Realisation, at best", help="Empty: 8/5 of the planned share, 1 at most.", unit="ratio", maximum=1
    )
    development_usd_low: Decimal | None = _end(
        label="Development, at best", help="Empty: 16/21 of the planned sum.", unit="USD", maximum=5 * MOST_USD
    )
    development_usd_high: Decimal | None = _end(
        label="Development, at worst", help="Empty: twice the planned sum.", unit="USD", maximum=5 * MOST_USD
    )
    run_usd_per_year_low: Decimal | None = _end(
        label="Running cost, at best", help="Empty: 80/114 of the planned cost.", unit="USD per year", maximum=MOST_USD
    )
    run_usd_per_year_high: Decimal | None = _end(
        label="Running cost, at worst",
        help="Empty: 240/114 of the planned cost.",
        unit="USD per year",
        maximum=MOST_USD,
    )
    monte_carlo_runs: Decimal = whole(
        10_000,
        label="Runs",
        help="How often all four figures are drawn anew from their ranges.",
        unit="runs",
        group=SPREAD,
        minimum=100,
        maximum=100_000,
    )
    seed: Decimal = whole(
        20_261_123,
        label="Seed",
        help="The same seed draws the same numbers, on every machine.",
        unit="",
        group=SPREAD,
        maximum=2**32 - 1,
    )

    @property
    def development_usd(self) -> Decimal:
        """The planned cost before the first year."""
        return sum((getattr(self, each) for each in DEVELOPMENT), Decimal(0))

    def conflicts(self) -> list[Conflict]:
        """The planned figure lies in its range."""
        found = []
        for driver, parts in UNCERTAIN.items():
            planned = getattr(self, driver)
            low, high = getattr(self, f"{driver}_low"), getattr(self, f"{driver}_high")
            if low is not None and low > planned:
                words = f"enter at most the planned {shown.plain(planned)}, not {shown.plain(low)}"
                found.append(Conflict((f"{driver}_low", *parts), words))
            if high is not None and high < planned:
                words = f"enter at least the planned {shown.plain(planned)}, not {shown.plain(high)}"
                found.append(Conflict((f"{driver}_high", *parts), words))
        return found
