"""The command line and the view: the same digits in every form."""

from __future__ import annotations

import base64
import csv
import io
import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import pytest

import calculators
from calculators import command_line, fields, page

if TYPE_CHECKING:
    from pathlib import Path


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert command_line.main(list(words)) == 0
    return capsys.readouterr().out


def test_list_names_every_calculator_with_its_title(capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed(capsys, "list").splitlines()
    assert [line.split()[0] for line in lines] == list(calculators.names())


@pytest.mark.parametrize("name", calculators.names())
def test_schema_describes_each_input_and_accepts_the_defaults(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    schema = json.loads(printed(capsys, "schema", name))
    defaults = calculators.run(name)["inputs"]
    assert set(schema["properties"]) == set(defaults)
    for key, described in schema["properties"].items():
        assert described["default"] == defaults[key]
        assert described["title"]
        assert described["description"].endswith(".")
    assert (
        calculators.run(name, {key: each["default"] for key, each in schema["properties"].items()})["inputs"]
        == defaults
    )


def test_json_is_what_run_returns(capsys: pytest.CaptureFixture[str]) -> None:
    out = printed(capsys, "run", "token-cost", "--set", "requests_per_month=1.2M", "--format", "json")
    assert json.loads(out) == calculators.run("token-cost", {"requests_per_month": 1_200_000})


def test_a_file_and_settings_add_up(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "inputs.json"
    path.write_text('{"requests_per_month": 1000, "cache_hit_ratio": 0.5}')
    words = ["--inputs", str(path), "--set", "requests_per_month=2000", "--format", "json"]
    inputs = json.loads(printed(capsys, "run", "token-cost", *words))["inputs"]
    assert (inputs["requests_per_month"], inputs["cache_hit_ratio"]) == (2000, 0.5)


@pytest.mark.parametrize("is_piped", [True, False])
def test_inputs_may_be_as_long_as_the_limit_and_no_longer(
    is_piped: bool,  # noqa: FBT001 - a parameter of the test
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = '{"requests_per_month": 1000}'
    path = tmp_path / "inputs.json"
    path.write_text(text)
    words = ["run", "token-cost", "--format", "json", "--inputs", "-" if is_piped else str(path)]

    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    monkeypatch.setattr(command_line, "LARGEST_INPUT_BYTES", len(text))
    assert json.loads(printed(capsys, *words))["inputs"]["requests_per_month"] == 1000

    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    monkeypatch.setattr(command_line, "LARGEST_INPUT_BYTES", len(text) - 1)
    assert command_line.main(words) == 2
    assert f"enter at most {len(text) - 1} characters" in capsys.readouterr().out


@pytest.mark.parametrize("name", calculators.names())
def test_text_and_markdown_hold_answer_steps_prices_and_date(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    view = calculators.bake(name)["view"]
    for form in ("text", "markdown"):
        out = printed(capsys, "run", name, "--format", form)
        flat = " ".join(out.split())
        assert view["answer"] in flat
        has_prices = bool(view["prices"]["rows"])
        assert (f"Prices as of {view['prices_as_of']}." in flat) == ("Prices used" in flat) == has_prices
        for output in view["outputs"]:
            assert output["label"] in flat
        assert all(row[0] in flat for row in view["prices"]["rows"])


def test_csv_is_one_unrounded_row(capsys: pytest.CaptureFixture[str]) -> None:
    head, row = csv.reader(printed(capsys, "run", "token-cost", "--format", "csv").splitlines())
    values = dict(zip(head, row, strict=True))
    assert values["usd_per_request"] == "0.005216"
    assert values["cache_saving_ratio"] == str(calculators.run("token-cost")["outputs"]["cache_saving_ratio"])


ROWS: list[dict[str, Any]] = [{"requests_per_month": 1000}, {"requests_per_month": -1}, {"cache_hit_ratio": 0.5}]


def write_rows(path: Path) -> None:
    if path.suffix == ".jsonl":
        path.write_text("\n".join(map(json.dumps, ROWS)) + "\n")
        return
    lines = ["requests_per_month,cache_hit_ratio", "1000,", "-1,", ",0.5"]
    path.write_text("\n".join(lines) + "\n")


@pytest.mark.parametrize("source", [".csv", ".jsonl"])
@pytest.mark.parametrize("target", [".csv", ".jsonl"])
def test_batch_keeps_every_row_in_place_and_a_bad_one_with_its_reason(source: str, target: str, tmp_path: Path) -> None:
    rows, results = tmp_path / f"rows{source}", tmp_path / f"results{target}"
    write_rows(rows)
    assert command_line.main(["batch", "token-cost", "--inputs", str(rows), "--output", str(results)]) == 2
    wanted = [calculators.run("token-cost", each)["outputs"]["usd_per_month"] for each in (ROWS[0], ROWS[2])]
    if target == ".csv":
        found = list(csv.DictReader(results.read_text().splitlines()))
        assert [float(found[0]["usd_per_month"]), float(found[2]["usd_per_month"])] == wanted
        assert found[1]["usd_per_month"] == ""
        assert "requests_per_month: enter a whole number" in found[1]["problem"]
    else:
        lines = list(map(json.loads, results.read_text().splitlines()))
        assert [lines[0]["outputs"]["usd_per_month"], lines[2]["outputs"]["usd_per_month"]] == wanted
        assert lines[1]["errors"][0]["field"] == "requests_per_month"


def test_batch_names_the_endings_it_reads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["batch", "token-cost", "--inputs", str(tmp_path / "a.txt"), "--output", str(tmp_path / "b.csv")]
    assert command_line.main(words) == 2
    assert ".csv, .jsonl or .parquet" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "given"),
    [
        (
            "token-cost",
            {"requests_per_month": 123_456, "compare_model_ids": ["anthropic.claude-opus-5", "openai.gpt-6-luna"]},
        ),
        ("tier-selection", {"hourly_profile": list(range(24)), "deferrable_ratio": 0.125, "needs_lower_latency": True}),
    ],
)
def test_a_link_opens_the_state_it_was_made_from(name: str, given: dict[str, Any]) -> None:
    baked = calculators.bake(name, given, page_inputs={})
    start, query = baked["view"]["link"].split("?")
    state = dict(parse_qsl(query, keep_blank_values=True))
    request = {"version": state.pop("v"), "prices": state.pop("prices"), "inputs": state, "page_inputs": {}}
    assert start == name
    assert set(state) == set(given)
    assert json.loads(page.answer(name, json.dumps(request)))["result"] == baked["result"]


@pytest.mark.parametrize("name", calculators.names())
def test_the_form_holds_each_input_once_with_the_text_that_gives_its_default(name: str) -> None:
    listed = [field for group in calculators.form(name) for field in group["fields"]]
    inputs = calculators.calculator(name).Inputs
    assert [each["name"] for each in listed] == list(fields.specs(inputs))
    assert len({each["name"] for each in listed}) == len(listed)
    defaults = {each["name"]: each["default"] for each in listed}
    assert calculators.run(name, defaults, text=True) == calculators.run(name)


@pytest.mark.parametrize("name", calculators.names())
def test_shown_dollars_only_round(name: str) -> None:
    for output in calculators.bake(name)["view"]["outputs"]:
        if "$" in output["text"] and isinstance(output["value"], int | float):
            back = float(output["text"].replace("$", "").replace(",", ""))
            assert back == pytest.approx(output["value"], rel=0.001, abs=0.005)


@pytest.mark.parametrize("words", [[], ["batch", "token-cost"], ["batch", "token-cost", "--inputs", "a.csv"], ["run"]])
def test_what_a_command_cannot_do_without_is_asked_for(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(words) == 2
    assert "arguments are required" in capsys.readouterr().err


@pytest.mark.parametrize("name", calculators.names())
def test_the_form_holds_the_limits_of_each_number(name: str) -> None:
    known = fields.specs(calculators.calculator(name).Inputs)
    for field in (field for group in calculators.form(name) for field in group["fields"]):
        for end in ("minimum", "maximum"):
            limit = getattr(known[field["name"]], end)
            assert (field[end] is None) == (limit is None)
            assert limit is None or Decimal(field[end].replace(",", "")) == limit


def test_a_page_of_typed_inputs_is_compared_as_it_was_typed() -> None:
    """A page's own inputs are texts: a state that differs from them by nothing has nothing in its link."""
    baked = calculators.bake(
        "token-cost", {"requests_per_month": 1_200_000}, page_inputs={"requests_per_month": "1.2M"}
    )
    assert "requests_per_month" not in baked["view"]["link"]


def test_a_reader_that_goes_away_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    class Gone(io.StringIO):
        def write(self, _: str) -> int:
            raise BrokenPipeError

    monkeypatch.setattr("sys.stdout", Gone())
    monkeypatch.setattr("sys.stderr", io.StringIO())
    assert command_line.main(["list"]) == 0


@pytest.mark.parametrize("kind", ["py", "csv", "md"])
def test_a_page_downloads_the_file_of_what_was_typed_into_it(kind: str) -> None:
    typed, given = ({"download": kind, "inputs": {"requests_per_month": each}} for each in ("1.2M", "1200000"))
    one, other = (json.loads(page.answer("token-cost", json.dumps(each))) for each in (typed, given))
    assert one == other
    assert one["file"]["name"].endswith(f".{kind}")
    assert b"1200000" in base64.b64decode(one["file"]["base64"]).replace(b"_", b"")
