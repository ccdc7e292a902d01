"""Scaling: how many instances a load needs, and how much spare while new ones start (F47)."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

HOURS_PER_MONTH = 730


def instances_for_rate(
    *,
    requests_per_second: Decimal | int,
    instance_requests_per_second: Decimal | int,
    utilisation_target_ratio: Decimal,
) -> Decimal | None:
    """Instances that serve a rate without being run full.

    Formula: F47
        instances = ceil(λ / (ρ·u))
    Symbols:
        λ: requests a second
        ρ: requests a second that one instance sustains inside the latency target
        u: utilisation aimed at, 0 to 1
    Valid when: traffic shifts at once, no shedding. None when an instance serves nothing.
    Source: AWS blog, June 2026, on scaling inference endpoints.
    Worked example: 40 a second, 4 a second each, 70% used.
        >>> instances_for_rate(
        ...     requests_per_second=40, instance_requests_per_second=4,
        ...     utilisation_target_ratio=Decimal("0.7"),
        ... )
        Decimal('15')
    """
    served = utilisation_target_ratio * instance_requests_per_second
    return None if served <= 0 else (requests_per_second / served).to_integral_value(ROUND_CEILING)


def headroom_requests_per_second(
    *, ramp_requests_per_second_squared: Decimal, scale_out_seconds: Decimal | int
) -> Decimal:
    """Rate that must already be served by spare capacity while new capacity starts.

    Formula: F47
        head-room = ramp·t_scale
    Symbols:
        head-room: requests a second
        ramp: growth of the load, requests a second in each second
        t_scale: seconds until new capacity serves: detection, provision, image, weights, start
    Valid when: a linear ramp.
    Source: AWS blog, June 2026 (525 s, or 258 s with container caching, on ml.g6.2xlarge).
    Worked example: a ramp of 0.02, new capacity in 525 s.
        >>> headroom_requests_per_second(
        ...     ramp_requests_per_second_squared=Decimal("0.02"), scale_out_seconds=525
        ... )
        Decimal('10.50')
    """
    return ramp_requests_per_second_squared * scale_out_seconds


def instances_usd_per_month(*, instances: Decimal | int, instance_usd_per_hour: Decimal) -> Decimal:
    """Cost of instances that run all month.

    Formula: F47
        C = 730·n·P
    Symbols:
        C: cost of a month, USD
        n: instances
        P: price of an instance, USD per hour
    Valid when: they run all hours; a month is 730 hours.
    Source: definition.
    Worked example: two spare instances at $0.9776.
        >>> instances_usd_per_month(instances=2, instance_usd_per_hour=Decimal("0.9776"))
        Decimal('1427.2960')
    """
    return instance_usd_per_hour * HOURS_PER_MONTH * instances


def backlog_requests(
    *,
    requests_per_second: Decimal | int,
    capacity_requests_per_second: Decimal | int,
    seconds: Decimal | int,
) -> Decimal:
    """Requests left over after a time of too little capacity.

    Formula: F47
        backlog = max(0, λ − capacity)·t
    Symbols:
        backlog: requests waiting
        λ: requests a second
        capacity: requests a second that are served
        t: seconds
    Valid when: a step in load, nobody gives up, nothing is shed.
    Source: arithmetic.
    Worked example: 40 a second where 28 are served, for 258 s.
        >>> backlog_requests(
        ...     requests_per_second=40, capacity_requests_per_second=28, seconds=258
        ... )
        Decimal('3096')
    """
    return max(Decimal(0), Decimal(0) + requests_per_second - capacity_requests_per_second) * seconds


def drain_seconds(
    *,
    backlog_requests: Decimal | int,
    requests_per_second: Decimal | int,
    capacity_requests_per_second: Decimal | int,
) -> Decimal | None:
    """Time to work off a backlog.

    Formula: F47
        drain = backlog / (capacity − λ)
    Symbols:
        drain: seconds until nobody waits
        backlog: requests waiting
        λ: requests a second that still arrive
        capacity: requests a second that are served
    Valid when: load and capacity stay as they are. None when capacity is not above the load.
    Source: arithmetic.
    Worked example: 3,096 waiting, 40 a second, 56 served.
        >>> drain_seconds(
        ...     backlog_requests=3_096, requests_per_second=40, capacity_requests_per_second=56
        ... )
        Decimal('193.5')
    """
    spare = Decimal(0) + capacity_requests_per_second - requests_per_second
    return None if spare <= 0 else backlog_requests / spare
