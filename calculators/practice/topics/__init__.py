"""The topics of practice, one file each. A topic and its forms keep their names: ids of questions hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.practice.topics import break_even, cache_or_batch, roi_and_payback, token_bills

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calculators.practice.cases import Topic

TOPICS: Mapping[str, Topic] = {
    each.TOPIC.name: each.TOPIC for each in (token_bills, cache_or_batch, break_even, roi_and_payback)
}
"""Each topic by its name."""
