"""The view: every output, table, chart, report and link of a result, as texts that only round."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

import calculators
from calculators import InputError, catalogue, customization, fields, page, reports, shown, view
from calculators.table_entries import TableSpec

if TYPE_CHECKING:
    from collections.abc import Iterator

    from calculators.entries import Spec
    from calculators.fields import Inputs

NAMES = calculators.names()
HOSTILE = "<img src=x onerror=alert(1)> & = # ? + % \"'`|\n\\"
ROW_NAMES = ["<b>Pilot</b> & 2 lights", "a=b#c?d%20+e, f", "Región \"2\" 'x'"]
UNSHOWN = ("order", "shown")  # columns of a chart's data that only sort or label


@pytest.fixture(scope="module", params=NAMES)
def baked(request: pytest.FixtureRequest) -> dict[str, Any]:
    return calculators.bake(request.param)


def scalars(outputs: dict[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in outputs.items():
        if isinstance(value, dict):
            yield from scalars(value, f"{prefix}{name}.")
        elif not isinstance(value, list):
            yield f"{prefix}{name}", value


LIMITS = ("flips_at", "at_least", "at_most")


def says(text: str, value: Any, name: str = "") -> bool:
    """Say whether a text is a value as it may be shown: rounded by its unit (its name ends with it), never changed."""
    if value is None or isinstance(value, bool):
        return text == {None: "none", True: "yes", False: "no"}[value]
    if isinstance(value, str):
        return bool(text) or not value
    exact = Decimal(str(value))
    if text in ("under 0.1%", "above -0.1%"):
        return 0 < abs(exact) <= Decimal("0.0005") and (exact > 0) == (text == "under 0.1%")
    if text == "over 99.9999999%":
        return Decimal("0.999999999") < exact < 1
    found = re.fullmatch(r"(-?)(\$?)([\d,]+(?:\.\d+)?)(%?)(?:·10\^(\d+))?", text)
    assert found, f"{text!r} for {value!r}"
    number = Decimal(found[1] + found[3].replace(",", "")).scaleb(int(found[5] or 0)) / (100 if found[4] else 1)
    if found[4]:  # one decimal of a per cent
        most = Decimal("0.0005")
    elif found[2]:  # cents, and four digits below a dollar
        most = Decimal("0.005") if abs(exact) >= 1 else Decimal("0.0005") * abs(exact)
    else:  # six digits, three of a time that people plan with; whole parts uncut
        digits = 3 if name.endswith(("years", "months")) else 6
        most = Decimal(5).scaleb(-digits) * abs(exact)
        most = most if found[5] else min(Decimal("0.5"), most)
    if name in LIMITS:  # rounded to one side: by up to a whole unit of the last place
        most *= 2
    return abs(number - exact) <= most


def lists_of(baked: dict[str, Any]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Yield each output that is a list, and each list within its rows, as the rows that a table of it has."""
    for name, values in baked["result"]["outputs"].items():
        if not isinstance(values, list) or not values:
            continue
        if not isinstance(values[0], dict):
            texts = [{"text": each} for each in values]
            yield name, texts if isinstance(values[0], str) else [{"t": n, name: each} for n, each in enumerate(values)]
            continue
        inner = {key for row in values for key, each in row.items() if isinstance(each, list) and is_rows(each)}
        yield name, [{key: each for key, each in row.items() if key not in inner} for row in values]
        for key in inner:
            yield f"{name}-{key}", [{"of": next(iter(row.values())), **each} for row in values for each in row[key]]


def is_rows(values: list[Any]) -> bool:
    return bool(values) and isinstance(values[0], dict)


def flat(text: str) -> str:
    return " ".join(text.split())


def test_every_single_output_is_there_with_its_own_label_and_its_rounded_value(baked: dict[str, Any]) -> None:
    outputs = baked["view"]["outputs"]
    assert {each["name"]: each["value"] for each in outputs} == dict(scalars(baked["result"]["outputs"]))
    labels = [each["label"] for each in outputs]
    assert all(labels)
    assert len(set(labels)) == len(labels)
    assert [each for each in outputs if not says(each["text"], each["value"], each["name"])] == []


def test_every_list_is_a_table_with_a_row_for_each_of_its_entries(baked: dict[str, Any]) -> None:
    tables = {each["id"]: each for each in baked["view"]["tables"]}
    wanted = dict(lists_of(baked))
    assert set(tables) == set(wanted)
    for name, rows in wanted.items():
        assert all(each["label"] for each in tables[name]["columns"])
        for row, cells in zip(rows, tables[name]["rows"], strict=True):
            assert len(row) == len(tables[name]["columns"])
            for (key, value), cell in zip(row.items(), cells, strict=True):
                assert isinstance(value, list) or says(cell, value, key), (name, value, cell)


def test_every_step_and_every_price_is_shown(baked: dict[str, Any]) -> None:
    for step, given_step in zip(baked["view"]["steps"], baked["result"]["steps"], strict=True):
        assert says(step["value"], given_step["value"], given_step["unit"]), step
        assert (step["formula"], step["substituted"]) == (given_step["formula"], given_step["substituted"])
    for row, price in zip(baked["view"]["prices"]["rows"], baked["result"]["prices"], strict=True):
        assert float(row[1].removeprefix("$").replace(",", "")) == pytest.approx(price["value"], rel=1e-9)
        assert [row[3], *row[5:7]] == [price["as_of"] or "today", price["source"], price["confidence"]]


def test_a_charts_table_holds_the_charts_data(baked: dict[str, Any]) -> None:
    for chart in baked["view"]["charts"]:
        values, table = chart["spec"]["data"]["values"], chart["table"]
        names = [each for each in values[0] if each not in UNSHOWN]
        assert {frozenset(row) for row in values} == {frozenset(values[0])}
        assert len(table["columns"]) == len(names)
        for row, cells in zip(values, table["rows"], strict=True):
            assert [each for each in zip(names, cells, strict=True) if not says(each[1], row[each[0]], each[0])] == []


def test_every_report_carries_the_answer(baked: dict[str, Any]) -> None:
    name = baked["result"]["calculator"]
    assert json.loads(reports.FORMATS["json"](baked)) == calculators.run(name) == baked["result"]
    head, row = csv.reader(reports.FORMATS["csv"](baked).splitlines())
    cells = dict(zip(head, row, strict=True))
    for key, value in dict(scalars(baked["result"]["outputs"])).items():
        assert cells[key] == ("" if value is None else str(value).lower() if isinstance(value, bool) else str(value))
    for kind in ("text", "markdown"):
        report = flat(reports.FORMATS[kind](baked))
        assert baked["view"]["answer"] in report
        assert [each for each in baked["view"]["outputs"] if flat(each["text"]) not in report] == []
        for table in baked["view"]["tables"]:
            assert [
                cell for each in table["rows"] for cell in each if flat(cell).replace("|", "\\|") not in report
            ] == []


def test_a_report_in_markdown_keeps_its_columns_whatever_a_cell_holds() -> None:
    baked = calculators.bake("token-cost")
    table = {"id": "a", "title": "A", "columns": [{"label": "x"}, {"label": "y"}], "rows": [[HOSTILE, "b"]]}
    baked = {**baked, "view": {**baked["view"], "tables": [table]}}
    lines = reports.as_markdown(baked).split("## A\n\n")[1].split("\n\n")[0].splitlines()
    assert [len(re.findall(r"(?<!\\)\|", line)) for line in lines] == [3, 3, 3]


def test_a_last_column_of_words_is_wrapped_under_itself() -> None:
    baked = calculators.bake("token-cost")
    words = [f"word{place}" for place in range(60)]
    columns = [{"label": each, "numeric": False} for each in ("x", "y", "z")]
    table = {"id": "a", "title": "A", "columns": columns, "rows": [["first", "second", " ".join(words)]]}
    lines = reports.as_text({**baked, "view": {**baked["view"], "tables": [table]}}).splitlines()
    start = next(place for place, line in enumerate(lines) if line.startswith("first"))
    edge, end = lines[start].index("word0"), lines.index("", start)
    assert end > start + 1
    assert {len(line) - len(line.lstrip()) for line in lines[start + 1 : end]} == {edge}
    assert " ".join(lines[start:end]).split() == ["first", "second", *words]


def test_a_single_row_within_rows_is_a_table_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    result = customization.calculate(customization.Inputs())
    first, *others = result.options
    bare = replace(result, options=(first, *(replace(each, breakdown=()) for each in others)))
    monkeypatch.setattr(customization, "calculate", lambda _inputs, _snapshot: bare)
    tables = {each["id"]: each for each in calculators.bake("customization")["view"]["tables"]}
    (row,) = tables["options-breakdown"]["rows"]
    assert row[:2] == [tables["options"]["rows"][0][0], first.breakdown[0].what]
    assert len(row) == len(tables["options-breakdown"]["columns"])


# --- links ------------------------------------------------------------------------------------


def possible(spec: Spec) -> st.SearchStrategy[Any]:
    """Return values that an input may hold."""
    if isinstance(spec, TableSpec):
        columns = {key: possible(each) for key, each in spec.columns.items()}
        row = st.builds(spec.row_type, name=st.sampled_from(ROW_NAMES), **columns)
        return st.lists(row, min_size=spec.least, max_size=3, unique_by=lambda each: each.name).map(tuple)
    low, high = spec.minimum or Decimal(0), spec.maximum or Decimal(0)
    number = st.integers(int(low), int(high)).map(Decimal) if spec.is_whole else st.decimals(low, high, places=7)
    listed = st.sampled_from(list(spec.choices()) or [""])
    known: dict[str, st.SearchStrategy[Any]] = {
        "number": number,
        "choice": listed,
        "choices": st.lists(listed, max_size=3, unique=True).map(tuple),
        "flag": st.booleans(),
        "numbers": st.lists(number, min_size=spec.least, max_size=spec.most).map(tuple),
    }
    return st.none() | known[spec.kind] if spec.is_nullable else known[spec.kind]


@cache
def states(name: str) -> st.SearchStrategy[Inputs]:
    """Return inputs of a calculator with some of them changed, where they can hold together."""
    inputs = calculators.calculator(name).Inputs

    def made(given: dict[str, Any]) -> Inputs | None:
        try:
            return inputs(**given)
        except InputError:
            return None

    changes = st.fixed_dictionaries({}, optional={key: possible(spec) for key, spec in fields.specs(inputs).items()})
    return changes.map(made).filter(lambda each: each is not None)  # type: ignore[return-value] # filtered


def texts(inputs: Inputs) -> dict[str, str]:
    """Return what stands in the controls of a page with these inputs."""
    return {key: view.control_text(value) for key, value in inputs.as_mapping().items()}


@pytest.mark.parametrize("name", NAMES)
@given(st.data())
@settings(max_examples=40, phases=[Phase.generate])  # shrinking so many inputs takes minutes
def test_a_link_reads_back_as_the_inputs_it_was_made_from(name: str, data: st.DataObject) -> None:
    """On whatever page it is opened: what a link leaves out is what the page holds."""
    here, there = data.draw(states(name)), data.draw(states(name))
    start, query = view.link(name, 1, "2026-11-13", there, here).split("?")
    state = dict(parse_qsl(query, keep_blank_values=True, strict_parsing=True))
    assert (start, state.pop("v"), state.pop("prices")) == (name, "1", "2026-11-13")
    assert set(state) == {key for key, value in there.as_mapping().items() if value != getattr(here, key)}
    assert fields.read(type(there), texts(here) | state, text=True) == there
    assert re.fullmatch(r"[\w.+%=&;-]*", query)
    assert not re.search(r"\d%2C\d", query)  # 400000, as people write it in a link


@pytest.mark.parametrize("name", NAMES)
def test_a_link_with_hostile_texts_names_every_one_and_computes_nothing(name: str) -> None:
    given_texts = dict.fromkeys(calculators.run(name)["inputs"], HOSTILE)
    reply = json.loads(page.answer(name, json.dumps({"inputs": given_texts, "page_inputs": {}})))
    assert list(reply) == ["errors"]
    assert [each["field"] for each in reply["errors"]] == list(given_texts)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_of_its_own_inputs_needs_no_input_in_its_link(name: str) -> None:
    module = calculators.calculator(name)
    defaults = module.Inputs()
    assert view.bake(name)["view"]["link"] == view.link(
        name, module.VERSION, catalogue.load().snapshot, defaults, defaults
    )
    assert view.bake(name)["view"]["link"] == f"{name}?v={module.VERSION}&prices={catalogue.load().snapshot}"


# --- numbers ----------------------------------------------------------------------------------


def test_a_price_is_shown_with_every_digit_of_its_source() -> None:
    figures = [each.usd for each in catalogue.load().points() if each.usd is not None]
    assert [each for each in figures if Decimal(shown.price(each).removeprefix("$").replace(",", "")) != each] == []


AMOUNTS = st.decimals(-(10**15), 10**15, allow_nan=False, allow_infinity=False, places=9) | st.decimals(-2, 2, places=9)


@given(AMOUNTS, st.sampled_from(["USD per month", "ratio", "count", "tokens"]))
def test_no_unit_changes_a_number_beyond_its_rounding(value: Decimal, unit: str) -> None:
    text = shown.amount(value, unit)
    assert says(text, value)
    assert not re.fullmatch(r"-\$?0(\.0*)?%?", text)


@given(AMOUNTS)
def test_arithmetic_to_redo_keeps_ten_digits(value: Decimal) -> None:
    assert Decimal(shown.plain(value)) == pytest.approx(value, rel=Decimal("1e-9"))


@pytest.mark.parametrize("value", ["0.0005", "0.0004", "-0.0005", "-0.0004"])
def test_a_share_that_is_not_0_never_reads_as_0(value: str) -> None:
    assert shown.percent(Decimal(value)) == ("above -0.1%" if value[0] == "-" else "under 0.1%")


def test_a_count_is_written_out_below_a_thousand_million_million() -> None:
    longest = Decimal(10**15 - 1)
    assert shown.count(longest, 6) == "999,999,999,999,999"
    assert shown.count(longest + 1, 6) == "1·10^15"
    assert shown.count(-longest - 1, 6) == "-1·10^15"
