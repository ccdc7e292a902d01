"""The catalogue: what things cost and what is offered, with source and date.

    >>> from calculators import catalogue
    >>> today = catalogue.load()
    >>> nova = today.price("amazon.nova-micro-v1:0", "us-east-1", "in_region_or_geo", "input")
    >>> nova.unit
    'USD per 1,000,000 tokens'

Rows are read from the CSV files in `data`, one price point a row. A figure that no public source
carries is refused with MissingPrice; it is never 0 and never that of another Region.
"""

from __future__ import annotations

from calculators.catalogue.book import RULE, Catalogue
from calculators.catalogue.conflicts import GROUPS, Conflict, Side, conflicts
from calculators.catalogue.disputed_ends import DisputedEnd
from calculators.catalogue.distillation import DistillationPair, PairJudgement, judge_pair
from calculators.catalogue.facts import Fact, facts
from calculators.catalogue.instances import Instance, SpotBand
from calculators.catalogue.judgement import Offered
from calculators.catalogue.models import Model
from calculators.catalogue.offers import TIERS, Offer
from calculators.catalogue.prices import CONFIDENCES, UNITS, MissingPrice, PricePoint
from calculators.catalogue.snapshots import load, snapshots
from calculators.catalogue.sources import Source

__all__ = [
    "CONFIDENCES",
    "GROUPS",
    "RULE",
    "TIERS",
    "UNITS",
    "Catalogue",
    "Conflict",
    "DisputedEnd",
    "DistillationPair",
    "Fact",
    "Instance",
    "MissingPrice",
    "Model",
    "Offer",
    "Offered",
    "PairJudgement",
    "PricePoint",
    "Side",
    "Source",
    "SpotBand",
    "conflicts",
    "facts",
    "judge_pair",
    "load",
    "snapshots",
]
