"""Tables as inputs: read as people type them, told row by row what is wrong, the same in every form."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

import calculators
from calculators import InputError, command_line, page, redundancy, rows, schemas, view
from calculators.redundancy_patterns import Pattern

if TYPE_CHECKING:
    from pathlib import Path

PILOT = {"name": "Pilot light", "usd_per_month": 900, "rto_hours": 0.75, "rpo_hours": 0.2}
WARM = {"name": "Warm standby", "usd_per_month": 2600, "rto_hours": 0.15, "rpo_hours": 0.01}


def run(patterns: Any, *, text: bool = False) -> list[dict[str, Any]]:
    entered: list[dict[str, Any]] = calculators.run("redundancy", {"patterns": patterns}, text=text)["inputs"][
        "patterns"
    ]
    return entered


def problem(patterns: Any, *, text: bool = False) -> str:
    with pytest.raises(InputError) as caught:
        run(patterns, text=text)
    assert [each.field for each in caught.value.problems] == ["patterns"]
    return caught.value.problems[0].problem


@pytest.mark.parametrize(
    "typed",
    [
        "Pilot light 900 0.75 0.2; Warm standby 2600 0.15 0.01",
        "Pilot light 900 0.75 0.2\nWarm standby 2600 0.15 0.01",
        "Pilot light 900 0.75 0.2\r\n\r\n  Warm standby\t2600\t0.15\t0.01 \n",
        "Pilot light, 900, 0.75, 0.2; Warm standby, 2,600, 0.15, 0.01;",
        "Pilot light,900,0.75,0.2;Warm standby,2600,.15,.01",
        "Pilot   light 900 0.75 0.2 ; Warm standby 2.6k 0.15 1e-2 ;;",
        "Pilot light, 900 0.75 0.2; Warm standby 2,600 0.15 0.01",
    ],
)
def test_rows_are_read_as_people_type_them(typed: str) -> None:
    assert run(typed, text=True) == [PILOT, WARM]


@pytest.mark.parametrize(
    ("typed", "name", "usd"),
    [
        ("Tier 2 900 1 2", "Tier 2", 900),
        ("Pilot, light 1,234,567 1 2", "Pilot, light", 1_234_567),
        ("Ünïcode-Région (A/B) 900 1 2", "Ünïcode-Région (A/B)", 900),
        ("<b>bold</b> 900 1 2", "<b>bold</b>", 900),
    ],
)
def test_a_name_is_what_comes_before_the_numbers(typed: str, name: str, usd: int) -> None:
    (row,) = run(typed, text=True)
    assert (row["name"], row["usd_per_month"]) == (name, usd)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "enter 1 to 8 rows, not 0"),
        (" ; \n", "enter 1 to 8 rows, not 0"),
        ("; ".join(f"row {letter} 1 2 3" for letter in "abcdefghi"), "enter 1 to 8 rows, not 9"),
        ("x" * 10_000_000, "enter at most 8 rows, each shorter than 240 characters"),
        ("Pilot light", "row 1: write a name and 3 numbers (USD a month, RTO hours, RPO hours) as in"),
        ("Pilot light 900 0.75", 'not "Pilot light 900 0.75"'),
        ("Pilot light 900 0,75 0.2", "with a point for decimals"),
        ("Warm standby,2,600,0.15,0.01", "row 1: write a name and 3 numbers"),
        ("Pilot light, 900, x, 0.2", 'row 1, RTO hours: enter a number from 0 to 87600, not "x"'),
        ("Pilot light 900 -1 0.2", "row 1, RTO hours: enter a number from 0 to 87600, not -1"),
        ("Pilot light 900 87601 0.2", "not 87601"),
        ("Pilot light 900 1 2; 5 6 7 8", 'row 2, name: begin with a name that has a letter in it, not "5"'),
        ("A 1 2 3; B 1 2 3; A 4 5 6", 'row 3, name: "A" is the name of row 1 too'),
        ("a" * 41 + " 1 2 3", "row 1, name: enter at most 40 characters, not 41"),
        ("A\x07 1 2 3", "row 1, name: enter a name without"),
    ],
)
def test_bad_text_is_told_row_by_row(typed: str, said: str) -> None:
    found = problem(typed, text=True)
    assert said in found
    assert len(found) < 700


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("Pilot light 900 0.75 0.2", 'enter a list of rows, not "Pilot light'),
        (5, "enter a list of rows, not 5"),
        (None, "enter a list of rows, not nothing"),
        ({}, "enter a list of rows, not an object"),
        ([], "enter 1 to 8 rows, not 0"),
        ([PILOT] * 9, "enter 1 to 8 rows, not 9"),
        ([5], "row 1: enter an object with name, usd_per_month, rto_hours, rpo_hours, not 5"),
        ([["Pilot light", 900, 0.75, 0.2]], "row 1: enter an object with"),
        ([{}], 'row 1: there is no "name"; give name, usd_per_month'),
        ([WARM, {**PILOT, "rto_hour": 1}], 'row 2: there is no place for "rto_hour"; did you mean "rto_hours"?'),
        ([{**PILOT, "name": 5}], "row 1, name: begin with a name that has a letter in it, not 5"),
        ([{**PILOT, "name": "a;b"}], "row 1, name: enter a name without semicolons"),
        ([{**PILOT, "name": "a,"}], "commas at its ends"),
        ([{**PILOT, "usd_per_month": "900"}], 'row 1, USD a month: enter a number from 0 to 1000000000000, not "900"'),
        ([{**PILOT, "usd_per_month": True}], "row 1, USD a month: enter a number"),
        ([{**PILOT, "usd_per_month": None}], "row 1, USD a month: enter a number"),
        ([{**PILOT, "rpo_hours": float("nan")}], "row 1, RPO hours: enter a number from 0 to 87600, not NaN"),
        ([PILOT, {**WARM, "name": "Pilot  light"}], 'row 2, name: "Pilot light" is the name of row 1 too'),
    ],
)
def test_bad_data_is_told_row_by_row(given: Any, said: str) -> None:
    found = problem(given)
    assert said in found
    assert len(found) < 700


def test_every_row_at_fault_is_told_three_of_them_in_words() -> None:
    found = problem("A 1 2; B -1 2 3; C 1 -2 -3; D -1 -1 -1", text=True)
    assert [each[: len("row 1")] for each in found.split("; ")] == ["row 1", "row 2", "row 3", "and 4"]
    assert found.endswith("; and 4 more")


def test_a_wrong_table_is_told_beside_the_other_inputs_at_fault() -> None:
    with pytest.raises(InputError) as caught:
        calculators.run("redundancy", {"patterns": "A 1", "regions": "9", "patern": "x"}, text=True)
    assert [each.field for each in caught.value.problems] == ["patern", "regions", "patterns"]
    assert 'did you mean "patterns"?' in caught.value.problems[0].problem


NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9/, .<&-]{0,20}[A-Za-z0-9]", fullmatch=True).map(
    lambda name: " ".join(name.split())
)
HOURS = st.decimals(0, 87_600, places=6)
TABLES = st.lists(
    st.builds(Pattern, name=NAMES, usd_per_month=st.decimals(0, 10**12, places=4), rto_hours=HOURS, rpo_hours=HOURS),
    min_size=1,
    max_size=8,
    unique_by=lambda each: each.name,
).map(tuple)


@given(table=TABLES)
def test_what_a_control_shows_and_a_link_holds_is_the_table_again(table: tuple[Pattern, ...]) -> None:
    inputs = redundancy.Inputs(patterns=table)
    spec = type(inputs).__dataclass_fields__["patterns"].metadata["spec"]
    for text in (view.control_text(inputs.patterns), view.link_text(inputs.patterns)):
        assert spec.check(spec.read(text)) == table


def test_a_link_holds_rows_that_can_be_read_and_opens_them() -> None:
    baked = view.bake("redundancy", {"patterns": [PILOT, WARM], "regions": 3}, page_inputs={})
    name, query = baked["view"]["link"].split("?")
    assert "patterns=Pilot+light+900+0.75+0.2;+Warm+standby+2600+0.15+0.01&" in query
    state = dict(parse_qsl(query))
    request = {"version": state.pop("v"), "prices": state.pop("prices"), "inputs": state, "page_inputs": {}}
    assert json.loads(page.answer(name, json.dumps(request)))["result"] == baked["result"]


def test_the_control_holds_one_row_a_line() -> None:
    shown = view.bake("redundancy")["view"]["inputs"]["patterns"]
    assert shown.splitlines()[1:3] == ["Pilot light 900 0.75 0.2", "Warm standby 2600 0.15 0.01"]
    (field,) = [each for group in view.form("redundancy") for each in group["fields"] if each["kind"] == "rows"]
    assert field["default"] == shown


def test_python_takes_rows_of_their_own_type_or_plain_ones() -> None:
    own = Pattern(name="Pilot light", usd_per_month=Decimal(900), rto_hours=Decimal("0.75"), rpo_hours=Decimal("0.2"))
    plain: Any = (PILOT,)
    assert redundancy.Inputs(patterns=(own,)) == redundancy.Inputs(patterns=plain)
    with pytest.raises(InputError, match="patterns: row 1, RTO hours: enter a number"):
        redundancy.Inputs(patterns=(Pattern(name="x", rto_hours=Decimal(-1)),))


def test_the_schema_describes_a_row() -> None:
    described = schemas.schema("redundancy")["properties"]["patterns"]
    row = described["items"]
    assert (described["type"], described["minItems"], described["maxItems"]) == ("array", 1, 8)
    assert row["required"] == ["name", "usd_per_month", "rto_hours", "rpo_hours"]
    assert row["properties"]["rto_hours"]["maximum"] == 87_600
    assert [set(each) for each in described["default"]] == [set(row["required"])] * 4


def test_the_command_line_sets_rows_and_writes_them_back(capsys: pytest.CaptureFixture[str]) -> None:
    setting = "patterns=Pilot light 900 0.75 0.2; Warm standby 2,600 0.15 0.01"
    assert command_line.main(["run", "redundancy", "--set", setting, "--format", "csv"]) == 0
    row = next(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert row["patterns"] == "Pilot light 900 0.75 0.2; Warm standby 2600 0.15 0.01"
    assert command_line.main(["run", "redundancy", "--set", "patterns=Pilot light 900", "--format", "text"]) == 2
    assert "patterns: row 1: write a name and 3 numbers" in capsys.readouterr().err


@pytest.mark.parametrize("source", [".csv", ".jsonl"])
@pytest.mark.parametrize("target", [".csv", ".jsonl"])
def test_a_batch_takes_rows_in_a_cell(source: str, target: str, tmp_path: Path) -> None:
    given = [[PILOT, WARM], [{**PILOT, "rto_hours": -1}]]
    incoming, outgoing = tmp_path / f"rows{source}", tmp_path / f"results{target}"
    if source == ".csv":
        with incoming.open("w", newline="") as file:
            csv.writer(file).writerows(
                [["patterns"], ["Pilot light 900 0.75 0.2; Warm standby 2600 0.15 0.01"], ["A 1 -1 2"]]
            )
    else:
        incoming.write_text("\n".join(json.dumps({"patterns": each}) for each in given))
    assert command_line.main(["batch", "redundancy", "--inputs", str(incoming), "--output", str(outgoing)]) == 2
    text = outgoing.read_text()
    if target == ".csv":
        first, second = csv.DictReader(text.splitlines())
        assert first["patterns"] == "Pilot light 900 0.75 0.2; Warm standby 2600 0.15 0.01"
        assert first["recommended_pattern"] == "Pilot light"
        assert "row 1, RTO hours: enter a number" in second["problem"]
    else:
        first, second = map(json.loads, text.splitlines())
        assert first["inputs"]["patterns"] == [PILOT, WARM]
        assert "row 1, RTO hours" in second["errors"][0]["problem"]


def test_a_table_is_text_in_a_flat_row() -> None:
    assert rows.kinds("redundancy")["patterns"] is str
    cell = rows.calculate("redundancy", {}).cells()["patterns"]
    assert rows.calculate("redundancy", {"patterns": cell}, text=True).cells()["patterns"] == cell


@pytest.mark.parametrize(("length", "is_taken"), [(40, True), (41, False)])
def test_a_name_has_at_most_forty_characters(length: int, *, is_taken: bool) -> None:
    names = [row["name"] for row in calculators.run("redundancy")["inputs"]["patterns"]]
    rows = [dict(row) for row in calculators.run("redundancy")["inputs"]["patterns"]]
    rows[0]["name"] = "n" * length
    assert names
    if is_taken:
        assert calculators.run("redundancy", {"patterns": rows})["inputs"]["patterns"][0]["name"] == "n" * length
    else:
        with pytest.raises(calculators.InputError, match="at most 40 characters, not 41"):
            calculators.run("redundancy", {"patterns": rows})
