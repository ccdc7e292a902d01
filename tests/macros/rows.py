"""The catalogue's files, read again without the catalogue."""

from __future__ import annotations

import csv
from importlib import resources

PRICE_FILES = ("bedrock_tokens.csv", "bedrock_capacity.csv", "ec2.csv", "services.csv")


def read(name: str) -> list[dict[str, str]]:
    """Return the rows of a file in calculators/catalogue/data."""
    text = (resources.files("calculators.catalogue") / "data" / name).read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


def prices(*, earlier: bool = False) -> list[dict[str, str]]:
    """Return the rows of the price files that count, or those kept as history."""
    rows = [row for name in PRICE_FILES for row in read(name)]
    assert {row["valid_from"] for row in rows} == {"2026-11-13"}, "more than one snapshot: later rows must win here"
    return [row for row in rows if (row["history_only"] == "yes") == earlier]
