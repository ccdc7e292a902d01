"""The topics of practice, one file each. A topic and its forms keep their names: ids of questions hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.practice.topics import (
    availability,
    break_even,
    cache_or_batch,
    commitment_sizing,
    distillation,
    regional_routing,
    right_sizing,
    roi_and_payback,
    spot_and_checkpoints,
    tier_choice,
    token_bills,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calculators.practice.cases import Topic

TOPICS: Mapping[str, Topic] = {
    each.TOPIC.name: each.TOPIC
    for each in (
        tier_choice,
        break_even,
        cache_or_batch,
        token_bills,
        roi_and_payback,
        distillation,
        spot_and_checkpoints,
        commitment_sizing,
        availability,
        right_sizing,
        regional_routing,
    )
}
"""Each topic by its name."""
