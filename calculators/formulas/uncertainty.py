"""Uncertainty: outcomes drawn from ranges instead of single figures, the same everywhere (F20).

Floats, because a draw takes a square root; IEEE 754 makes +, −, ×, ÷ and sqrt the same everywhere.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

WORD = 0xFFFF_FFFF


class Triangular(NamedTuple):
    """A range: the least, the likeliest and the greatest value. All three equal: it does not vary."""

    low: float
    mode: float
    high: float


def simulated_npvs_usd(
    *,
    seed: int,
    runs: int,
    throughput_gain_ratio: Triangular,
    realisation_ratio: Triangular,
    development_usd: Triangular,
    run_usd_per_year: Triangular,
    hours_wage_usd_per_year: float,
    other_gains_usd_per_year: float,
    adoption_factor: float,
    annuity_factor: float,
) -> list[float]:
    """Net present values over the ranges of four uncertain drivers, smallest first.

    Formula: F20
        NPV_i = S·(hours·w·ρ_i·g_i/(1 + g_i) + other) − development_i − D·run_i
    Symbols:
        NPV_i: net present value of run i, USD
        S: value today of 1 USD a year times adoption
        hours: hours on the task in a year, of everybody who does it
        w: loaded wage, USD per hour (given as hours·w)
        g_i: gain in throughput of run i, drawn first
        ρ_i: realisation of run i, drawn second
        development_i: development cost of run i, USD, drawn third
        run_i: running cost of a year of run i, USD, drawn fourth
        other: gains of a year that are not freed time, USD
        D: value today of 1 USD a year
    Valid when: the drivers are independent, which usually makes the range too narrow; g above -1.
    Source: inverse-transform sampling of triangular distributions.
    Worked example: the agents of F15 with four ranges, seed 20261123: the mean of 10,000 runs.
        >>> npvs = simulated_npvs_usd(
        ...     seed=20261123, runs=10_000, throughput_gain_ratio=Triangular(0, 0.14, 0.34),
        ...     realisation_ratio=Triangular(0.2, 0.5, 0.8),
        ...     development_usd=Triangular(160e3, 210e3, 420e3), run_usd_per_year=Triangular(80e3, 114e3, 240e3),
        ...     hours_wage_usd_per_year=216_000 * 32, other_gains_usd_per_year=0,
        ...     adoption_factor=0.6 / 1.1 + 0.9 / 1.21 + 1 / 1.331,
        ...     annuity_factor=1 / 1.1 + 1 / 1.21 + 1 / 1.331,
        ... )
        >>> round(math.fsum(npvs) / 10_000, 1)
        323678.6
    """
    uniform = uniform_numbers(seed=seed)
    npvs = []
    for _ in range(runs):
        gain, realisation, development, run = (
            triangular_value(uniform=next(uniform), triangle=each)
            for each in (throughput_gain_ratio, realisation_ratio, development_usd, run_usd_per_year)
        )
        labour = hours_wage_usd_per_year * realisation * gain / (1 + gain)
        npvs.append(adoption_factor * (labour + other_gains_usd_per_year) - development - annuity_factor * run)
    npvs.sort()
    return npvs


def percentile(*, ordered: Sequence[float], share: Decimal) -> float | None:
    """Smallest outcome that so large a share of all outcomes does not exceed.

    Formula: F20
        P = x_k, k = ceil(p·n)
    Symbols:
        P: percentile, in the unit of the outcomes (nearest rank: always an outcome itself)
        x_k: the k-th outcome, counted from 1, smallest first
        p: share of the outcomes, above 0 and up to 1 (0.1 for P10)
        n: number of outcomes
    Valid when: the outcomes are in ascending order. None when there are none.
    Source: definition (nearest rank).
    Worked example: nine tenths of ten outcomes are at or below the ninth.
        >>> from decimal import Decimal
        >>> percentile(ordered=[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], share=Decimal("0.9"))
        9
    """
    if not ordered:
        return None
    return ordered[max(math.ceil(share * len(ordered)), 1) - 1]


def triangular_value(*, uniform: float, triangle: Triangular) -> float:
    """Value of a triangular distribution below which a share of its outcomes lies.

    Formula: F20
        x = a + √(u·(b − a)·(m − a)) where u is below (m − a) / (b − a)
        x = b − √((1 − u)·(b − a)·(b − m)) elsewhere
    Symbols:
        x: the value drawn
        u: a number from 0 up to 1, evenly spread
        a: the least value
        m: the likeliest value
        b: the greatest value
    Valid when: a ≤ m ≤ b; where a = b the value is m.
    Source: inverse transform of the triangular distribution.
    Worked example: the middle of a symmetrical range.
        >>> triangular_value(uniform=0.5, triangle=Triangular(0.2, 0.5, 0.8))
        0.5
    """
    low, mode, high = triangle
    width = high - low
    if width <= 0:
        return mode
    if uniform * width < mode - low:
        return low + math.sqrt(uniform * width * (mode - low))
    return high - math.sqrt((1 - uniform) * width * (high - mode))


def uniform_numbers(*, seed: int) -> Iterator[float]:
    """Numbers from 0 up to 1, evenly spread, the same for the same seed.

    Formula: F20
        s ← (s + 1831565813) mod 2^32
        u = mixed(s) / 2^32
    Symbols:
        s: state, at first the seed, a whole number from 0 to 2^32 − 1
        mixed: two rounds of shifts and multiplications that scramble the bits of s
        u: a number from 0 up to but not including 1
    Valid when: for simulation, not for secrets; the sequence repeats after 2^32 numbers.
    Source: mulberry32, a generator in the public domain, written for JavaScript.
    Worked example: the first number of the seed 20261123.
        >>> round(next(uniform_numbers(seed=20261123)), 6)
        0.900721
    """
    state = seed & WORD
    while True:
        state = (state + 1_831_565_813) & WORD
        mixed = ((state ^ (state >> 15)) * (state | 1)) & WORD
        mixed ^= (mixed + (mixed ^ (mixed >> 7)) * (mixed | 61)) & WORD
        yield (mixed ^ (mixed >> 14)) / 2**32
