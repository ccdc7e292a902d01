"""`fact(…)`: the figure of its row, worded by its unit."""

from __future__ import annotations

import csv
from decimal import Decimal
from importlib import resources

import pytest

from calculators import catalogue
from macros.fact import fact
from macros.naming import MacroError
from tests.macros.html_tree import tree


@pytest.mark.parametrize(
    ("identifier", "words"),
    [
        ("spot-notice", "2 minutes"),
        ("spot-largest-discount", "90%"),
        ("reserved-fewest-input-tpm", "100,000 tokens a minute"),
        ("sla-ec2-region", "99.99%"),
    ],
)
def test_it_is_worded_by_its_unit(identifier: str, words: str) -> None:
    assert tree(fact(identifier)).one("data").text == words


def test_no_share_is_rounded_away() -> None:
    """A share of 0.9999 worded as 100% would say something else."""
    shares = [each for each in catalogue.facts().values() if each.unit in ("ratio", "availability")]
    assert [each.id for each in shares if Decimal(tree(fact(each.id)).text.strip("%")) != each.value * 100] == []


def test_its_value_and_source_can_be_read_by_a_program() -> None:
    found = tree(fact("reserved-target")).one("data").attributes
    assert Decimal(found["value"]) == Decimal("0.995")
    assert found["data-source"] == "tiers"


def test_a_wrong_name_fails_and_says_which_was_meant() -> None:
    with pytest.raises(MacroError, match=r'there is no fact "spot-notise"; did you mean "spot-notice"'):
        fact("spot-notise")


def test_each_fact_names_a_known_source_no_newer_than_itself_and_stands_in_order() -> None:
    facts = catalogue.facts()
    assert list(facts) == sorted(facts)
    for each in facts.values():
        assert catalogue.load().sources[each.source].as_of[:4] <= each.as_of[:4]
        assert each.what
        assert each.value.is_finite()


def test_no_fact_is_written_twice() -> None:
    text = resources.files("calculators.catalogue").joinpath("data", "facts.csv").read_text("utf-8")
    ids = [line[0] for line in csv.reader(text.splitlines())][1:]
    assert len(ids) == len(set(ids))
