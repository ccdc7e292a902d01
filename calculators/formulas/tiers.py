"""Tiers: what capacity costs, when it pays, how much to buy (F02, F06 to F08, F10, F14)."""

from __future__ import annotations

from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

HOURS_PER_MONTH = 730
MINUTES_PER_HOUR = 60
MINUTES_PER_MONTH = HOURS_PER_MONTH * MINUTES_PER_HOUR
MINUTES_PER_IMPORT_WINDOW = 5
TOKENS_PER_KTOK = Decimal(1_000)
TOKENS_PER_MTOK = Decimal(1_000_000)


def tier_usd(*, standard_usd: Decimal, multiplier: Decimal) -> Decimal:
    """Cost on another tier or routing.

    Formula: F02
        C_tier = m·C_standard
    Symbols:
        C_tier: cost on the tier, USD
        C_standard: cost of the same tokens on Standard, USD
        m: multiplier (Flex 0.5, Batch 0.5, Priority 1.75, Standard 1; geographic routing 1.10
            × global for Claude 4.5 and later)
    Valid when: the model card offers the tier. Rounding of list prices makes a few cheap models
        0.43 to 0.60 and 1.70 to 1.86.
    Source: ratios over 614 Bedrock rows of litellm 1.109.1 (its source: AWS Price List); AWS
        cross-Region page; AWS model cards of GPT-5.6 Sol and GPT-6 Luna.
    Worked example: $640 a month of Nova Pro on Standard, moved to Priority.
        >>> tier_usd(standard_usd=Decimal(640), multiplier=Decimal("1.75"))
        Decimal('1120.00')
    """
    return standard_usd * multiplier


def unit_hour_value_usd(
    *,
    unit_input_tokens_per_minute: Decimal | int,
    unit_output_tokens_per_minute: Decimal | int,
    input_usd_per_mtok: Decimal,
    output_usd_per_mtok: Decimal,
) -> Decimal:
    """Value of one full unit-hour at on-demand prices.

    Formula: F06
        V_h = 60·(Θ_in·p_in + Θ_out·p_out) / 10^6
    Symbols:
        V_h: on-demand value of one unit-hour at full use, USD per hour
        Θ_in: input one unit delivers, tokens per minute
        Θ_out: output one unit delivers at the same time, tokens per minute
        p_in: Standard input price, USD per 1,000,000 tokens
        p_out: Standard output price, USD per 1,000,000 tokens
    Valid when: Θ is what AWS states for the unit (not published) or what you measured.
    Source: AWS Provisioned Throughput pages; algebra.
    Worked example: an illustrative unit, 120,000 in and 24,000 out a minute, at Nova Pro prices.
        >>> unit_hour_value_usd(
        ...     unit_input_tokens_per_minute=120_000, unit_output_tokens_per_minute=24_000,
        ...     input_usd_per_mtok=Decimal("0.80"), output_usd_per_mtok=Decimal("3.20"),
        ... )
        Decimal('10.368')
    """
    micro_usd_per_minute = (
        input_usd_per_mtok * unit_input_tokens_per_minute + output_usd_per_mtok * unit_output_tokens_per_minute
    )
    return MINUTES_PER_HOUR * micro_usd_per_minute / TOKENS_PER_MTOK


def break_even_utilisation_ratio(*, unit_usd_per_hour: Decimal, unit_hour_value_usd: Decimal) -> Decimal | None:
    """Utilisation at which a unit costs the same as on-demand.

    Formula: F06
        u* = P_MU / V_h
    Symbols:
        u*: utilisation at which both cost the same; the unit is cheaper above it
        P_MU: price of one model unit, USD per hour
        V_h: on-demand value of one unit-hour at full use, USD per hour
    Valid when: the model supports Provisioned Throughput and is not in Legacy state. Above 1 the
        unit never wins on price. None when the unit value is 0 or less.
    Source: AWS Provisioned Throughput pages; algebra.
    Worked example: $20 an hour against $43.20 of tokens an hour.
        >>> round(break_even_utilisation_ratio(
        ...     unit_usd_per_hour=Decimal(20), unit_hour_value_usd=Decimal("43.2")
        ... ), 6)
        Decimal('0.462963')
    """
    if unit_hour_value_usd <= 0:
        return None
    return unit_usd_per_hour / unit_hour_value_usd


def break_even_mtok_per_month(*, unit_usd_per_hour: Decimal, usd_per_mtok: Decimal) -> Decimal | None:
    """Millions of tokens a month at which one unit costs the same as on-demand.

    Formula: F06
        V* = 730·P_MU / p_blend
    Symbols:
        V*: tokens a month, millions
        P_MU: price of one model unit, USD per hour
        p_blend: mean price of the mix of input and output, USD per 1,000,000 tokens
    Valid when: the unit runs all month (730 hours) and can deliver V*. None when the blended
        price is 0 or less.
    Source: AWS Provisioned Throughput pages; algebra.
    Worked example: a unit at $20 an hour against a blended $5 per million tokens.
        >>> break_even_mtok_per_month(unit_usd_per_hour=Decimal(20), usd_per_mtok=Decimal(5))
        Decimal('2920')
    """
    if usd_per_mtok <= 0:
        return None
    return HOURS_PER_MONTH * unit_usd_per_hour / usd_per_mtok


def hourly_overflow_units(*, demand_units: Sequence[Decimal], units: int) -> Decimal:
    """Unit-hours of demand that do not fit into the units bought.

    Formula: F07
        overflow(n) = Σ_h max(0, d_h − n)
    Symbols:
        overflow(n): demand served on demand, unit-hours
        d_h: demand in hour h, in units
        n: units bought
    Valid when: demand is known by hour and overflow can spill to on-demand (Reserved does it by
        itself, Provisioned Throughput needs your own fallback).
    Source: newsvendor argument, derived.
    Worked example: three hours of demand against one unit.
        >>> demand = (Decimal("0.4"), Decimal("2.9"), Decimal("1.2"))
        >>> hourly_overflow_units(demand_units=demand, units=1)
        Decimal('2.1')
    """
    return sum((max(Decimal(0), demand - units) for demand in demand_units), Decimal(0))


def unit_utilisation_ratio(*, demand_units: Sequence[Decimal], unit: int) -> Decimal:
    """How busy the k-th unit is when units fill one after another.

    Formula: F07
        u_k = mean_h min(1, max(0, d_h − (k − 1)))
    Symbols:
        u_k: utilisation of unit k, 0 to 1
        d_h: demand in hour h, in units
        k: number of the unit, from 1
    Valid when: demand is known for at least one hour.
    Source: newsvendor argument, derived.
    Worked example: the second unit in three hours of demand.
        >>> demand = (Decimal("0.4"), Decimal("2.9"), Decimal("1.2"))
        >>> unit_utilisation_ratio(demand_units=demand, unit=2)
        Decimal('0.4')
    """
    layer = (min(Decimal(1), max(Decimal(0), demand - (unit - 1))) for demand in demand_units)
    return sum(layer, Decimal(0)) / len(demand_units)


def best_units(*, demand_units: Sequence[Decimal], break_even_utilisation_ratio: Decimal) -> int:
    """Units to buy so that units and overflow together cost least.

    Formula: F07
        n = the last k with u_k > u*
        u_k = mean_h min(1, max(0, d_h − (k − 1)))
    Symbols:
        n: units to buy
        u_k: utilisation of unit k
        u*: utilisation at which a unit costs the same as on-demand
        d_h: demand in hour h, in units
    Valid when: demand is known for at least one hour and is never below 0. Where unit k costs
        the same as its overflow it is not bought.
    Source: newsvendor argument, derived; enumeration confirms the rule.
    Worked example: the second unit is busy 0.4 of the time, the third 0.3.
        >>> demand = (Decimal("0.4"), Decimal("2.9"), Decimal("1.2"))
        >>> best_units(demand_units=demand, break_even_utilisation_ratio=Decimal("0.35"))
        2
    """
    bought, too_many = 0, ceil(max(demand_units)) + 1
    # Each unit is busy no more than the one before, so halving finds the last that pays.
    while too_many - bought > 1:
        unit = (bought + too_many) // 2
        utilisation = unit_utilisation_ratio(demand_units=demand_units, unit=unit)
        if utilisation > break_even_utilisation_ratio:
            bought = unit
        else:
            too_many = unit
    return bought


def capacity_day_usd(
    *,
    demand_units: Sequence[Decimal],
    units: int,
    unit_usd_per_hour: Decimal,
    unit_hour_value_usd: Decimal,
) -> Decimal:
    """Cost of units bought and overflow on demand, over the hours of the profile.

    Formula: F07
        C(n) = n·P·H + c_u·Σ_h max(0, d_h − n)
    Symbols:
        C(n): cost of the profile's hours (a day when there are 24), USD
        n: units bought
        P: price of one unit, USD per hour
        H: hours in the profile
        c_u: on-demand value of one unit-hour (V_h of F06), USD per hour
        d_h: demand in hour h, in units
    Valid when: demand is known by hour and overflow can spill to on-demand.
    Source: newsvendor argument, derived.
    Worked example: one unit at $20 an hour over three hours, overflow at $43.20 a unit-hour.
        >>> demand = (Decimal("0.4"), Decimal("2.9"), Decimal("1.2"))
        >>> capacity_day_usd(
        ...     demand_units=demand, units=1,
        ...     unit_usd_per_hour=Decimal(20), unit_hour_value_usd=Decimal("43.2"),
        ... )
        Decimal('150.72')
    """
    overflow = hourly_overflow_units(demand_units=demand_units, units=units)
    return unit_usd_per_hour * units * len(demand_units) + unit_hour_value_usd * overflow


def reserved_month_usd(
    *,
    input_ktpm: Decimal | int,
    output_ktpm: Decimal | int,
    input_usd_per_ktpm_month: Decimal,
    output_usd_per_ktpm_month: Decimal,
) -> Decimal:
    """Cost of a month of the Reserved tier.

    Formula: F08
        C = q_in·TPM_in/1000 + q_out·TPM_out/1000
    Symbols:
        C: cost of a month, USD
        TPM_in/1000: reserved input, 1,000 tokens per minute (uncached input and cache writes)
        TPM_out/1000: reserved output, 1,000 tokens per minute
        q_in: input price, USD per 1,000 tokens per minute and month
        q_out: output price, USD per 1,000 tokens per minute and month
    Valid when: the model card shows Reserved; at least 100,000 in and 10,000 out; 1 or 3 months;
        overflow is billed at Standard. Quotes differ by model and term.
    Source: AWS service-tiers page (2026), What's New 2025-11-26.
    Worked example: 400,000 in and 40,000 out a minute at an assumed quote of $90 and $450.
        >>> reserved_month_usd(
        ...     input_ktpm=400, output_ktpm=40,
        ...     input_usd_per_ktpm_month=Decimal(90), output_usd_per_ktpm_month=Decimal(450),
        ... )
        Decimal('54000')
    """
    return input_usd_per_ktpm_month * input_ktpm + output_usd_per_ktpm_month * output_ktpm


def reserved_month_value_usd(
    *,
    input_ktpm: Decimal | int,
    output_ktpm: Decimal | int,
    input_usd_per_mtok: Decimal,
    output_usd_per_mtok: Decimal,
) -> Decimal:
    """Value of a fully used month of the Reserved tier at on-demand prices.

    Formula: F08
        V = 43,800·(TPM_in·p_in + TPM_out·p_out) / 10^6
    Symbols:
        V: on-demand value of the reservation at full use, USD a month
        TPM_in: reserved input, tokens per minute (given in thousands)
        TPM_out: reserved output, tokens per minute (given in thousands)
        p_in: Standard input price, USD per 1,000,000 tokens
        p_out: Standard output price, USD per 1,000,000 tokens
    Valid when: a month of 43,800 minutes.
    Source: algebra.
    Worked example: 400,000 in and 40,000 out a minute, Claude Sonnet 4.6 at 3 and 15.
        >>> reserved_month_value_usd(
        ...     input_ktpm=400, output_ktpm=40,
        ...     input_usd_per_mtok=Decimal(3), output_usd_per_mtok=Decimal(15),
        ... )
        Decimal('78840')
    """
    milli_usd_per_minute = input_usd_per_mtok * input_ktpm + output_usd_per_mtok * output_ktpm
    return MINUTES_PER_MONTH * milli_usd_per_minute * TOKENS_PER_KTOK / TOKENS_PER_MTOK


def reserved_break_even_utilisation_ratio(
    *,
    reserved_month_usd: Decimal,
    input_ktpm: Decimal | int,
    output_ktpm: Decimal | int,
    input_usd_per_mtok: Decimal,
    output_usd_per_mtok: Decimal,
) -> Decimal | None:
    """Utilisation at which the Reserved tier costs the same as Standard.

    Formula: F08
        u* = C / [43,800·(TPM_in·p_in + TPM_out·p_out) / 10^6]
    Symbols:
        u*: utilisation at which both cost the same; Reserved is cheaper above it
        C: cost of a month of the reservation, USD
        TPM_in: reserved input, tokens per minute (given in thousands)
        TPM_out: reserved output, tokens per minute (given in thousands)
        p_in: Standard input price, USD per 1,000,000 tokens
        p_out: Standard output price, USD per 1,000,000 tokens
    Valid when: as for the cost of a month; input and output equally used. Above 1 Reserved never
        wins on price. None when the reserved tokens are worth 0 or less on demand.
    Source: AWS service-tiers page (2026); algebra.
    Worked example: $54,000 a month for 400,000 in and 40,000 out at 3 and 15.
        >>> round(reserved_break_even_utilisation_ratio(
        ...     reserved_month_usd=Decimal(54_000), input_ktpm=400, output_ktpm=40,
        ...     input_usd_per_mtok=Decimal(3), output_usd_per_mtok=Decimal(15),
        ... ), 6)
        Decimal('0.684932')
    """
    value_usd = reserved_month_value_usd(
        input_ktpm=input_ktpm,
        output_ktpm=output_ktpm,
        input_usd_per_mtok=input_usd_per_mtok,
        output_usd_per_mtok=output_usd_per_mtok,
    )
    return None if value_usd <= 0 else reserved_month_usd / value_usd


def effective_usd_per_mtok(
    *,
    unit_usd_per_hour: Decimal,
    unit_tokens_per_hour: Decimal | int,
    utilisation_ratio: Decimal,
) -> Decimal | None:
    """Price per million tokens of capacity paid by the hour.

    Formula: F10
        p_eff = P·10^6 / (Θ·u)
    Symbols:
        p_eff: price per 1,000,000 tokens that are used, USD
        P: price of the capacity, USD per hour
        Θ: tokens per hour at full use, sustained
        u: utilisation, 0 to 1
    Valid when: the capacity is paid by the hour and Θ is sustained, not a burst. None when no
        tokens are used.
    Source: definition.
    Worked example: the unit of F06 at $20 an hour, 46% used.
        >>> round(effective_usd_per_mtok(
        ...     unit_usd_per_hour=Decimal(20), unit_tokens_per_hour=8_640_000,
        ...     utilisation_ratio=Decimal("0.46"),
        ... ), 5)
        Decimal('5.03221')
    """
    used_tokens_per_hour = utilisation_ratio * unit_tokens_per_hour
    if used_tokens_per_hour <= 0:
        return None
    return unit_usd_per_hour * TOKENS_PER_MTOK / used_tokens_per_hour


def peak_to_average_ratio(*, demand_units: Sequence[Decimal]) -> Decimal | None:
    """How far the busiest hour stands above the mean hour.

    Formula: F10
        PAR = d_peak / d_mean
    Symbols:
        PAR: peak-to-average ratio, 1 or more
        d_peak: demand of the busiest hour, in units
        d_mean: mean demand of the hours, in units
    Valid when: demand is never below 0. None when there is no demand.
    Source: definition.
    Worked example: three hours of demand with a mean of 1.5.
        >>> demand = (Decimal("0.4"), Decimal("2.9"), Decimal("1.2"))
        >>> round(peak_to_average_ratio(demand_units=demand), 5)
        Decimal('1.93333')
    """
    if not any(demand_units):
        return None
    return max(demand_units) * len(demand_units) / sum(demand_units, Decimal(0))


def peak_utilisation_ratio(*, demand_units: Sequence[Decimal]) -> Decimal | None:
    """Utilisation of units bought for the busiest hour.

    Formula: F10
        u = d_mean / ceil(d_peak)
    Symbols:
        u: utilisation, 0 to 1; 1 − u stands idle
        d_mean: mean demand of the hours, in units
        d_peak: demand of the busiest hour, in units
    Valid when: demand is never below 0 and units are bought whole. None when there is no demand.
    Source: definition.
    Worked example: three hours of demand with a peak of 2.9, so three units.
        >>> demand = (Decimal("0.4"), Decimal("2.9"), Decimal("1.2"))
        >>> peak_utilisation_ratio(demand_units=demand)
        Decimal('0.5')
    """
    if not any(demand_units):
        return None
    return sum(demand_units, Decimal(0)) / (len(demand_units) * ceil(max(demand_units)))


def import_month_usd(
    *,
    copies: Decimal | int,
    units: Decimal | int,
    usd_per_unit_minute: Decimal,
    active_windows: Decimal | int,
    storage_usd_per_unit_month: Decimal,
) -> Decimal:
    """Cost of a month of an imported custom model.

    Formula: F14
        C = copies·CMU·rate·5·windows + CMU·storage
    Symbols:
        C: cost of a month, USD
        copies: model copies that run at the same time
        CMU: custom model units of one copy
        rate: price, USD per custom model unit per minute
        windows: 5-minute windows of the month with a live copy
        storage: price, USD per custom model unit and month
    Valid when: on-demand import, which scales to zero after 5 idle minutes. A trickle of traffic
        never sleeps. The AWS help page prints windows/60: read literally that is 300 times too
        small, because the rate is per minute and a window is 5 minutes.
    Source: AWS import-model-calculate-cost; prices from public repositories that quote the
        pricing page (2026).
    Worked example: 2 units, 1 copy, 20 windows a day for 30 days.
        >>> import_month_usd(
        ...     copies=1, units=2, usd_per_unit_minute=Decimal("0.05718"), active_windows=600,
        ...     storage_usd_per_unit_month=Decimal("1.95"),
        ... )
        Decimal('346.98000')
    """
    unit_minutes = Decimal(1) * copies * units * MINUTES_PER_IMPORT_WINDOW * active_windows
    return usd_per_unit_minute * unit_minutes + storage_usd_per_unit_month * units
