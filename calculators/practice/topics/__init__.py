"""The topics of practice, one file each. A topic and its forms keep their names: ids of questions hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from calculators.practice.topics import token_bills

if TYPE_CHECKING:
    from collections.abc import Mapping

    from calculators.practice.cases import Topic

TOPICS: Mapping[str, Topic] = {each.TOPIC.name: each.TOPIC for each in (token_bills,)}
"""Each topic by its name."""
