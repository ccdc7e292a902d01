"""F37 to F42: laws that hold for every input, and what does not exist."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.formulas import recovery, reliability

RATIOS = st.decimals(0, 1, places=6)
CHAINS = st.lists(RATIOS, max_size=8)
COPIES = st.integers(1, 8)
AMOUNTS = st.decimals(0, 10**9, places=2)
SOME_AMOUNTS = st.decimals("0.01", 10**9, places=2)
HOURS = st.decimals(0, 10_000, places=3)

# Sums and powers are rounded to 28 digits.
ROUNDING = Decimal("1e-26")


def unavailability(down: Decimal, copies: int, shared: Decimal) -> Decimal:
    """Copies that share causes."""
    return reliability.common_cause_unavailability_ratio(
        copy_unavailability_ratio=down, copies=copies, common_cause_ratio=shared
    )


@given(chain=CHAINS, more=RATIOS)
def test_a_further_component_never_helps_a_chain(chain: list[Decimal], more: Decimal) -> None:
    """And the chain is never better than its weakest part."""
    before = reliability.series_availability_ratio(component_availability_ratios=chain)
    after = reliability.series_availability_ratio(component_availability_ratios=[*chain, more])

    assert after <= min([before, more]) + ROUNDING


@given(copies=CHAINS, more=RATIOS)
def test_a_further_copy_never_hurts(copies: list[Decimal], more: Decimal) -> None:
    """And the whole is never worse than its best copy."""
    before = reliability.parallel_availability_ratio(copy_availability_ratios=copies)
    after = reliability.parallel_availability_ratio(copy_availability_ratios=[*copies, more])

    assert after >= max([before, more]) - ROUNDING


@given(chain=CHAINS)
def test_order_does_not_matter(chain: list[Decimal]) -> None:
    """Neither in series nor in parallel."""
    for function, name in (
        (reliability.series_availability_ratio, "component_availability_ratios"),
        (reliability.parallel_availability_ratio, "copy_availability_ratios"),
    ):
        assert abs(function(**{name: chain}) - function(**{name: chain[::-1]})) <= ROUNDING


@given(ratio=RATIOS, copies=COPIES)
def test_one_of_n_is_parallel_and_n_of_n_is_series(ratio: Decimal, copies: int) -> None:
    """The two ends of k of n."""
    alike = [ratio] * copies
    one, every = (
        reliability.k_of_n_availability_ratio(copy_availability_ratio=ratio, needed=needed, copies=copies)
        for needed in (1, copies)
    )

    assert abs(one - reliability.parallel_availability_ratio(copy_availability_ratios=alike)) <= ROUNDING
    assert abs(every - reliability.series_availability_ratio(component_availability_ratios=alike)) <= ROUNDING


@given(ratio=RATIOS, copies=COPIES, needed=st.integers(-2, 9))
def test_more_copies_needed_is_never_more_available(ratio: Decimal, copies: int, needed: int) -> None:
    """From 1, when none is needed, to 0, when more are needed than there are."""
    less, more = (
        reliability.k_of_n_availability_ratio(copy_availability_ratio=ratio, needed=each, copies=copies)
        for each in (needed, needed + 1)
    )

    assert more <= less + ROUNDING
    if needed <= 0:
        assert abs(less - 1) <= ROUNDING
    if needed > copies:
        assert less == 0


@given(down=RATIOS, copies=COPIES)
def test_no_shared_cause_is_independence_and_all_shared_is_one_copy(down: Decimal, copies: int) -> None:
    """β = 0 and β = 1."""
    independent = 1 - reliability.parallel_availability_ratio(copy_availability_ratios=[1 - down] * copies)

    assert abs(unavailability(down, copies, Decimal(0)) - independent) <= ROUNDING
    assert unavailability(down, copies, Decimal(1)) == down


@given(down=RATIOS, copies=COPIES, shared=RATIOS)
def test_a_copy_helps_but_no_number_of_them_removes_the_shared_causes(
    down: Decimal, copies: int, shared: Decimal
) -> None:
    """Between β·u and the u of a single copy."""
    found = unavailability(down, copies, shared)

    assert shared * down - ROUNDING <= found <= down + ROUNDING
    assert unavailability(down, copies + 1, shared) <= found + ROUNDING


@given(down=st.decimals(0, "0.5", places=6), copies=COPIES, shared=RATIOS, more=RATIOS)
def test_more_shared_causes_never_help(down: Decimal, copies: int, shared: Decimal, more: Decimal) -> None:
    """While a copy works more often than not: the model is one of rare failures."""
    low, high = sorted((shared, more))

    assert unavailability(down, copies, low) <= unavailability(down, copies, high) + ROUNDING


@given(down=RATIOS, minutes=st.integers(0, 10**6), times=st.integers(1, 12))
def test_downtime_grows_with_the_period(down: Decimal, minutes: int, times: int) -> None:
    """Twelve months are down twelve times as long as one."""
    one, many = (
        reliability.downtime_minutes(unavailability_ratio=down, period_minutes=each)
        for each in (minutes, times * minutes)
    )

    assert many == times * one
    assert 0 <= one <= minutes


@given(down=st.integers(0, 44_640), more=st.integers(0, 44_640))
def test_a_longer_outage_never_earns_a_smaller_credit(down: int, more: int) -> None:
    """Uptime falls, the credit rises, and neither leaves 0 to 1."""
    bedrock = {Decimal("0.999"): Decimal("0.10"), Decimal("0.99"): Decimal("0.25"), Decimal("0.95"): Decimal(1)}
    short, long = sorted((down, more))
    uptimes = [reliability.sla_uptime_ratio(downtime_minutes=each, period_minutes=44_640) for each in (short, long)]
    credit = [
        reliability.sla_credit_ratio(uptime_ratio=each, credits_below=bedrock) for each in uptimes if each is not None
    ]

    assert credit[0] <= credit[1]
    assert all(each is not None and 0 <= each <= 1 for each in uptimes)


@given(extra=SOME_AMOUNTS, before=RATIOS, after=RATIOS)
def test_at_the_break_even_loss_the_hours_avoided_pay_the_extra_cost(
    extra: Decimal, before: Decimal, after: Decimal
) -> None:
    """L*·H = C; without hours avoided there is no L*."""
    hours = recovery.hours_avoided_per_year(unavailability_before=before, unavailability_after=after)
    loss = recovery.break_even_loss_usd_per_hour(extra_usd_per_year=extra, hours_avoided_per_year=hours)

    assert (loss is None) == (after >= before)
    if loss is not None:
        assert abs(loss * hours - extra) <= extra * ROUNDING


@given(parts=st.tuples(HOURS, HOURS, HOURS, AMOUNTS, AMOUNTS), cost=AMOUNTS, more=st.decimals("0.001", 10, places=3))
def test_a_pattern_costs_more_with_each_of_its_parts(
    parts: tuple[Decimal, Decimal, Decimal, Decimal, Decimal], cost: Decimal, more: Decimal
) -> None:
    """By the product of the others: no part lowers the total, and none counts twice."""
    events, rto, rpo, down, data = parts

    def total(changed: str = "") -> Decimal:
        facts = {"events_per_year": events, "rto_hours": rto, "rpo_hours": rpo}
        facts |= {"loss_usd_per_hour": down, "data_loss_usd_per_hour": data}
        loss = recovery.expected_loss_usd_per_year(
            **{name: value + (more if name == changed else 0) for name, value in facts.items()}
        )
        return recovery.recovery_usd_per_year(usd_per_month=cost, expected_loss_usd_per_year=loss)

    slopes = {
        "events_per_year": rto * down + rpo * data,
        "rto_hours": events * down,
        "rpo_hours": events * data,
        "loss_usd_per_hour": events * rto,
        "data_loss_usd_per_hour": events * rpo,
    }
    for name, slope in slopes.items():
        assert abs(total(name) - total() - slope * more) <= Decimal("1e-9")


@given(gb=st.integers(0, 10**9), rate=st.decimals(0, 1, places=4), split=st.integers(0, 10**9))
def test_traffic_in_two_parts_costs_the_same(gb: int, rate: Decimal, split: int) -> None:
    """C is proportional to G."""
    first = min(gb, split)
    whole, left, right = (recovery.replication_usd(gb=each, usd_per_gb=rate) for each in (gb, first, gb - first))

    assert whole == left + right


@pytest.mark.parametrize(("minutes", "uptime"), [(0, None), (-1, None), (1, Decimal(1))])
def test_a_month_without_minutes_has_no_uptime(minutes: int, uptime: Decimal | None) -> None:
    """Uptime is a share of the month."""
    assert reliability.sla_uptime_ratio(downtime_minutes=0, period_minutes=minutes) == uptime


@pytest.mark.parametrize(("hours", "loss"), [("0", None), ("-0.1", None), ("0.5", Decimal(200))])
def test_no_hours_avoided_repay_nothing(hours: str, loss: Decimal | None) -> None:
    """Not even at any loss an hour."""
    found = recovery.break_even_loss_usd_per_hour(
        extra_usd_per_year=Decimal(100), hours_avoided_per_year=Decimal(hours)
    )

    assert found == loss


def test_nothing_in_series_always_works_and_nothing_in_parallel_never_does() -> None:
    """The empty product, and its complement."""
    assert reliability.series_availability_ratio(component_availability_ratios=[]) == 1
    assert reliability.parallel_availability_ratio(copy_availability_ratios=[]) == 0
    assert reliability.k_of_n_availability_ratio(copy_availability_ratio=Decimal("0.5"), needed=1, copies=0) == 0


def test_a_copy_that_is_never_down_or_always_down_has_an_answer() -> None:
    """0 to the power 0 is 1 here."""
    for up, found in ((Decimal(1), 1), (Decimal(0), 0)):
        assert reliability.k_of_n_availability_ratio(copy_availability_ratio=up, needed=2, copies=3) == found


def test_no_credit_is_promised_without_steps() -> None:
    """An SLA without credits."""
    assert reliability.sla_credit_ratio(uptime_ratio=Decimal(0), credits_below={}) == 0
