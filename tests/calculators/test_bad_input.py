"""Bad input: every way in names each input at fault, and computes nothing."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

import calculators
from calculators import InputError, command_line, page, token_cost
from calculators.entries import Refused, Spec

if TYPE_CHECKING:
    from pathlib import Path

TEN_MEGABYTES = "9" * 10_000_000


def problems(given: Any, *, name: str = "token-cost", text: bool = False) -> dict[str, str]:
    with pytest.raises(InputError) as caught:
        calculators.run(name, given, text=text)
    return {each.field: each.problem for each in caught.value.problems}


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (-1, "enter a whole number from 0 to 1000000000000, not -1"),
        (10**13, "not 10000000000000"),
        (2.5, "enter a whole number from 0 to 1000000000000, not 2.5"),
        ("many", 'not "many"'),
        ("400000", 'not "400000"'),
        (True, "not true"),
        (None, "not nothing"),
        ([1], "not a list"),
        ({}, "not an object"),
        (float("nan"), "not NaN"),
        (float("inf"), "not Infinity"),
        (-2.50, "not -2.5"),
        (-300.0, "not -300"),
        (0.0000001, "not 0.0000001"),
        (10**40, "not 1.000000E+40"),
        (10**400, "enter a whole number"),
        (TEN_MEGABYTES, "enter a whole number"),
        ("<script>alert(1)</script>", "enter a whole number"),
    ],
)
def test_a_number_that_is_none_is_refused_with_what_to_enter(value: Any, said: str) -> None:
    found = problems({"requests_per_month": value})
    assert list(found) == ["requests_per_month"]
    assert said in found["requests_per_month"]
    assert len(found["requests_per_month"]) < 700


def test_every_input_at_fault_is_named_at_once() -> None:
    given = {
        "regoin": "us-east-1",
        "model_id": "anthropic.claude-sonet-5",
        "requests_per_month": -1,
        "cache_hit_ratio": 90,
        "cached_prefix_tokens": 9_000,
        "tier": "gold",
        "compare_model_ids": "no list",
    }
    found = problems(given)
    assert set(found) == set(given)
    assert 'did you mean "region"?' in found["regoin"]
    assert 'did you mean "anthropic.claude-sonnet-5"?' in found["model_id"]
    assert "0.9 means 90%" in found["cache_hit_ratio"]
    assert "standard, flex, priority, batch" in found["tier"]


def test_a_wrong_input_does_not_make_its_partner_look_wrong() -> None:
    assert list(problems({"input_tokens_per_request": "x", "cached_prefix_tokens": 5_000})) == [
        "input_tokens_per_request"
    ]


@pytest.mark.parametrize("given", [[], "text", 5, [["a", 1]]])
def test_inputs_that_are_no_object_are_refused(given: Any) -> None:
    assert list(problems(given)) == ["inputs"]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("1,200,000", 1_200_000),
        ("1 200 000", 1_200_000),
        ("1.2M", 1_200_000),
        ("250k", 250_000),
        (" 5 ", 5),
        ("1e3", 1_000),
        ("+7", 7),
        ("1bn", 10**9),
    ],
)
def test_numbers_are_read_as_people_type_them(typed: str, value: int) -> None:
    assert (
        calculators.run("token-cost", {"requests_per_month": typed}, text=True)["inputs"]["requests_per_month"] == value
    )


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "--5",
        "0,75",
        "1,20",
        "12,3456",
        "1,2,3",
        "1.5,000",
        "0x10",
        "1.2.3",
        "٣",
        "k",
        "NaN",
        "inf",
        "1e999",
        "5 apples",
        TEN_MEGABYTES,
    ],
)
def test_text_that_is_no_number_is_refused(typed: str) -> None:
    assert list(problems({"requests_per_month": typed}, text=True)) == ["requests_per_month"]


def test_an_empty_price_means_the_catalogues_and_an_empty_flag_is_refused() -> None:
    assert calculators.run("token-cost", {"input_usd_per_mtok": ""}, text=True)["outputs"]["usd_per_month"] == 1304
    assert list(problems({"needs_lower_latency": ""}, name="tier-selection", text=True)) == ["needs_lower_latency"]


def test_ten_megabytes_are_refused() -> None:
    """And at once: work that grows with the square of the text would never come back."""
    for name in ("requests_per_month", "model_id", "compare_model_ids", TEN_MEGABYTES):
        assert problems({name: TEN_MEGABYTES}, text=True)


def test_the_profile_needs_24_numbers_of_which_one_is_above_0() -> None:
    for given in ([1] * 23, [0] * 24, [-1] * 24, "1 2 3"):
        assert list(problems({"hourly_profile": given}, name="tier-selection")) == ["hourly_profile"]


def test_unknown_snapshots_and_calculators_are_named() -> None:
    with pytest.raises(InputError, match=r"prices: .*2026-11-13"):
        calculators.run("token-cost", {}, "1999-01-01")
    with pytest.raises(InputError, match='did you mean "token-cost"'):
        calculators.run("token-coast")


def test_python_refuses_what_json_refuses() -> None:
    with pytest.raises(InputError, match="cache_hit_ratio: enter a number from 0 to 1"):
        token_cost.Inputs(cache_hit_ratio=Decimal(90))


def test_the_page_hears_of_every_problem() -> None:
    request = {"inputs": {"requests_per_month": "-1", "tier": "<b>"}, "page_inputs": {}}
    errors = json.loads(page.answer("token-cost", json.dumps(request)))["errors"]
    assert [each["field"] for each in errors] == ["requests_per_month", "tier"]


@pytest.mark.parametrize("extra", [{"version": "99"}, {"prices": "1999-01-01"}])
def test_the_page_refuses_a_link_of_another_version_or_snapshot(extra: dict[str, str]) -> None:
    assert "errors" in json.loads(page.answer("token-cost", json.dumps({"inputs": {}, **extra})))


def test_the_command_line_tells_people_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(["run", "token-cost", "--set", "requests_per_month=-1", "--set", "tier=gold"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "There are 2 problems." in err
    assert "requests_per_month: enter a whole number" in err


def test_the_command_line_tells_programs_on_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(["run", "token-cost", "--format", "json", "--set", "requests_per_month=-1"]) == 2
    out, err = capsys.readouterr()
    assert err == ""
    assert json.loads(out)["errors"][0]["field"] == "requests_per_month"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{",
        b"\xff\xfe\x00",
        # WebAssembly has no way back from a call stack that is full; a page's own request is never nested.
        pytest.param(b"[" * 100_000, marks=pytest.mark.native),
        b'{"requests_per_month": NaN}',
        b'{"a": 1e400}',
        b"null",
    ],
)
def test_a_file_that_is_no_inputs_object_is_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "inputs.json"
    path.write_bytes(content)
    assert command_line.main(["run", "token-cost", "--inputs", str(path)]) == 2


def test_a_missing_file_and_a_setting_without_a_value_are_refused(tmp_path: Path) -> None:
    assert command_line.main(["run", "token-cost", "--inputs", str(tmp_path / "none.json")]) == 2
    assert command_line.main(["run", "token-cost", "--set", "requests_per_month"]) == 2
    assert command_line.main(["run", "token-coast"]) == 2


@pytest.mark.parametrize("value", ["amazon.nova-pro-v1:0", {"amazon.nova-pro-v1:0": 1}, 7, None])
def test_what_is_no_list_of_choices_is_refused_as_such(value: Any) -> None:
    assert "enter a list, not" in problems({"compare_model_ids": value})["compare_model_ids"]


def test_as_many_values_as_allowed_may_each_be_as_long_as_allowed() -> None:
    """24 demands of 60 characters each are read; so is each of them on its own."""
    longest = f"{7:0>60}"
    given = {"hourly_demand_instances": ", ".join([longest] * 24)}
    read = calculators.run("compute-purchase", given, text=True)["inputs"]["hourly_demand_instances"]
    assert read == [7] * 24


@pytest.mark.parametrize(("words", "meant"), [(("true", "yes", "on", "1"), True), (("false", "No", "OFF", "0"), False)])
def test_a_flag_may_be_written_in_four_ways(words: tuple[str, ...], meant: bool) -> None:  # noqa: FBT001 - a case
    for word in words:
        read = calculators.run("tier-selection", {"independent_requests": word}, text=True)["inputs"]
        assert read["independent_requests"] is meant


@pytest.mark.parametrize(("count", "are_listed"), [(12, True), (13, False)])
def test_a_dozen_choices_are_listed_and_more_are_not(count: int, *, are_listed: bool) -> None:
    names = [f"way_{number}" for number in range(count)]
    spec = Spec(kind="choice", label="", help="", unit="", group="", most=12, choices=lambda: dict.fromkeys(names, ""))
    with pytest.raises(Refused) as refused:
        spec.check("nowhere")
    wanted = ", ".join(names) if are_listed else "the listed values"
    assert str(refused.value) == f'choose one of {wanted}, not "nowhere"'
