"""Numbers as people type them: with marks and scales, and what can be read in two ways is refused."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators import registry, view
from calculators.entries import SCALES, Refused, Spec
from calculators.fields import specs

COUNT = Spec(kind="number", label="", help="", unit="", group="", minimum=Decimal(-(10**15)), maximum=Decimal(10**15))
NUMBERS = st.decimals(-(10**12), 10**12, allow_nan=False, places=6)
MARKS = st.sampled_from([",", " ", "_", "\u00a0", "\u202f", "\u2009"])


def grouped(number: Decimal, mark: str) -> str:
    """Return a number with a mark between thousands."""
    return f"{number:,f}".replace(",", mark)


@given(number=NUMBERS, mark=MARKS)
def test_a_number_reads_the_same_with_any_mark_between_thousands(number: Decimal, mark: str) -> None:
    assert COUNT.read(grouped(number, mark)) == COUNT.read(f"{number:f}") == number


@given(
    number=st.decimals(-1000, 1000, allow_nan=False, places=3), scale=st.sampled_from(sorted(SCALES)), data=st.data()
)
def test_a_scale_multiplies(number: Decimal, scale: str, data: st.DataObject) -> None:
    written = data.draw(st.sampled_from([scale, scale.upper(), f" {scale}"]))
    assert COUNT.read(f"{number:f}{written}") == number.scaleb(SCALES[scale])


@given(number=NUMBERS)
def test_what_a_control_shows_is_read_back(number: Decimal) -> None:
    assert COUNT.read(view.control_text(number)) == number
    assert COUNT.read(view.link_text(number)) == number


@given(whole=st.integers(10**3, 10**12), first=MARKS, second=st.sampled_from([".", ","]))
def test_two_marks_in_one_number_are_refused(whole: int, first: str, second: str) -> None:
    head, *tail = f"{whole:,}".split(",")
    if len(tail) > 1 and first != second:
        with pytest.raises(Refused, match="write"):
            COUNT.read(f"{head}{first}{tail[0]}{second}{second.join(tail[1:])}{second}000")


@given(text=st.text(alphabet="0123456789., _-+ekmbn", max_size=12))
def test_any_text_is_a_number_or_is_refused_with_what_to_enter(text: str) -> None:
    spec = Spec(kind="number", label="", help="", unit="", group="", minimum=Decimal(0), maximum=Decimal(9))
    try:
        read = spec.read(text)
    except Refused as refused:
        read = refused
    said = read if isinstance(read, Refused) else ""
    assert str(said).startswith("enter a number from 0 to 9, not ") if said else read.is_finite()


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("1.200.000", "if the points mark thousands, write 1,200,000"),
        ("1.200.000,50", "if the points mark thousands, write 1,200,000.50"),
        ("-1.200,5", "if the points mark thousands, write -1,200.5"),
        ("1,5", "if the comma marks decimals, write 1.5"),
        ("1 200,75", "if the comma marks decimals, write 1200.75"),
        ("12 34", "write thousands as 1,200,000 or 1 200 000 and decimals with a point"),
        ("1,200 000", "write thousands as 1,200,000"),
    ],
)
def test_what_can_be_read_in_two_ways_is_refused_with_how_to_write_it(typed: str, advice: str) -> None:
    with pytest.raises(Refused) as refused:
        COUNT.read(typed)
    assert advice in str(refused.value)
    for written in re.findall(r"-?[0-9][0-9,.]*", advice):
        assert COUNT.read(written).is_finite()


@pytest.mark.parametrize("name", registry.names())
def test_every_number_of_every_calculator_takes_its_own_value_with_spaces(name: str) -> None:
    inputs = registry.calculator(name).Inputs
    for each, spec in specs(inputs).items():
        value = getattr(inputs(), each)
        if spec.kind == "number" and value is not None:
            assert spec.check(spec.read(grouped(value, " "))) == value
