"""`calculator(…)`: all of the answer is in the HTML, and all of it is what Python computes."""

from __future__ import annotations

import json
import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

import calculators
from calculators import command_line, view
from macros.naming import MacroError
from tests.macros.rendering import CALCULATOR, DEPTHS, HOSTILE, LESSON, flat, target

if TYPE_CHECKING:
    from tests.macros.html_tree import Element
    from tests.macros.rendering import Press

CASE = (
    '{{ calculator("token-cost", requests_per_month=1000, cache_ttl="none",'
    ' compare_model_ids=["anthropic.claude-opus-5"]) }}'
)
CASE_INPUTS = {"requests_per_month": 1000, "cache_ttl": "none", "compare_model_ids": ["anthropic.claude-opus-5"]}
HIDDEN_FROM_READERS = {"name", "value", "id", "code", "kind", "link", "formula_id", "spec", "minimum"}


@dataclass
class Drawn:
    """A calculator's page, the view it was made from and the result itself."""

    name: str
    page: Element
    view: dict[str, Any]
    result: dict[str, Any]


@pytest.fixture(scope="module", params=calculators.names())
def drawn(request: pytest.FixtureRequest, press: Press) -> Drawn:
    name = request.param
    page = press.page_of(f'# Title\n\n{{{{ calculator("{name}") }}}}\n\nText after it.', f"calculators/{name}/")
    return Drawn(name, page, calculators.bake(name)["view"], calculators.run(name))


def typed(page: Element) -> dict[str, str]:
    """Return what stands in each control of the form, as a browser would send it."""
    return {
        each.attributes["data-field"]: _control_text(each)
        for each in page.one("form").below()
        if "data-field" in each.attributes
    }


def _control_text(box: Element) -> str:
    kind = box.attributes["data-kind"]
    if kind in ("flag", "choices"):
        ticked = [each.attributes["value"] for each in box.all("input") if "checked" in each.attributes]
        return ",".join(ticked) if kind == "choices" else str(bool(ticked)).lower()
    if kind == "choice":
        return next(each.attributes["value"] for each in box.all("option") if "selected" in each.attributes)
    return box.one("textarea").raw if kind in ("numbers", "rows") else box.one("input").attributes["value"]


def values(page: Element) -> dict[str, Any]:
    """Return the unrounded value of each output."""
    return {each.attributes["name"]: json.loads(each.attributes["data-value"]) for each in page.all("output")}


def _name_of(output: Element, page: Element) -> str:
    """Return what a screen reader calls an output."""
    return page.one(id=output.attributes["aria-labelledby"]).text.lower()


def scalars(outputs: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """Return the single-valued outputs of a result, nested ones with dots."""
    found: dict[str, Any] = {}
    for name, value in outputs.items():
        if isinstance(value, dict):
            found |= scalars(value, f"{prefix}{name}.")
        elif not isinstance(value, list):
            found[f"{prefix}{name}"] = value
    return found


def test_the_form_holds_every_input_and_reads_back_as_the_inputs(drawn: Drawn) -> None:
    texts = typed(drawn.page)
    assert set(texts) == set(drawn.result["inputs"])
    assert calculators.run(drawn.name, texts, text=True)["inputs"] == drawn.result["inputs"]


def test_every_control_has_a_label_and_help(drawn: Drawn) -> None:
    ids = {each.attributes.get("id") for each in drawn.page.below()}
    labelled = {each.attributes["for"] for each in drawn.page.all("label") if each.text}
    for tag in ("input", "select", "textarea"):
        for control in drawn.page.one("form").all(tag):
            assert control.attributes["id"] in labelled
            assert set(control.attributes.get("aria-describedby", "").split()) <= ids


def test_a_ratio_is_labelled_with_its_own_limits(drawn: Drawn) -> None:
    fields = [field for group in view.form(drawn.name) for field in group["fields"] if field["unit"] == "ratio"]
    for field in fields:
        label = drawn.page.one(data_field=field["name"]).one("label").text
        assert f"({field['minimum']} to {field['maximum']}" in label


def test_an_answer_without_prices_has_no_date_of_prices(drawn: Drawn) -> None:
    priced = drawn.page.all(data_part="priced")
    assert len(priced) == 2
    assert ["hidden" in each.attributes for each in priced] == [not drawn.result["prices"]] * 2
    is_dated = drawn.page.one(data_part="old-prices").attributes["data-as-of"] != ""
    assert is_dated == bool(drawn.result["prices"])


def test_outputs_carry_the_raw_value_and_the_text(drawn: Drawn) -> None:
    assert values(drawn.page) == scalars(drawn.result["outputs"])
    texts = {each.attributes["name"]: each.text for each in drawn.page.all("output")}
    assert texts == {each["name"]: flat(each["text"]) for each in drawn.view["outputs"]}
    labels = {each.attributes["name"]: _name_of(each, drawn.page) for each in drawn.page.all("output")}
    assert labels == {each["name"]: each["label"].lower() for each in drawn.view["outputs"]}


def test_the_answer_its_date_and_its_warnings_stand_there(drawn: Drawn) -> None:
    assert drawn.page.one(data_part="answer").text == flat(drawn.view["answer"])
    assert drawn.page.one("time").text == drawn.result["prices_as_of"]
    warnings = [each.text for each in drawn.page.one("ul", data_part="warnings").all("li")]
    assert warnings == [flat(each["message"]) for each in drawn.result["warnings"]]


def test_tables_and_prices_are_whole(drawn: Drawn) -> None:
    assert len(drawn.page.one(data_part="tables").all("table")) == len(drawn.view["tables"])
    for table in (*drawn.view["tables"], drawn.view["prices"]):
        box = drawn.page.one(class_="cc-scroll", data_table=table["id"])
        assert box.headings() == [each["label"] for each in table["columns"]]
        assert box.rows() == [[flat(cell) for cell in row] for row in table["rows"]]
        assert box.one("caption").text == table["title"]
    assert len(drawn.page.one(data_table="prices").rows()) == len(drawn.result["prices"])


def test_steps_show_formula_numbers_and_value(drawn: Drawn) -> None:
    items = drawn.page.one("ol", data_part="steps").all("li")
    shown = [
        (each.attributes["data-step"], *(code.text for code in each.all("code")), each.one("strong").text)
        for each in items
    ]
    parts = ("name", "formula", "substituted", "value")
    assert shown == [tuple(flat(each[part]) for part in parts) for each in drawn.view["steps"]]
    assert [each.attributes["data-step"] for each in items] == [each["name"] for each in drawn.result["steps"]]


def test_each_chart_is_drawn_and_has_its_summary_and_its_data(drawn: Drawn) -> None:
    figures = drawn.page.one(data_part="charts").all("figure")
    assert [each.attributes["data-chart"] for each in figures] == [each["id"] for each in drawn.result["charts"]]
    for figure, chart in zip(figures, drawn.view["charts"], strict=True):
        assert len(figure.all("svg")) == 2
        assert figure.one(data_part="summary").text == flat(chart["summary"])
        assert figure.one(data_part="title").text == chart["title"]
        assert figure.one(data_part="data").rows() == chart["table"]["rows"]
        assert len(chart["table"]["rows"]) == len(chart["spec"]["data"]["values"])


def test_markdown_leaves_the_page_whole(drawn: Drawn) -> None:
    assert drawn.page.one("h1").text.startswith("Title")
    assert drawn.page.children[-1].text == "Text after it."  # type: ignore[union-attr] # an element
    ids = [each.attributes["id"] for each in drawn.page.below() if "id" in each.attributes]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("url", DEPTHS)
def test_steps_link_to_their_formula_from_any_depth(url: str, press: Press) -> None:
    page = press.page_of('{{ calculator("tier-selection") }}', url)
    links = [target(url, each) for each in page.all("a", class_="cc-step__source")]
    steps = calculators.run("tier-selection")["steps"]
    assert links == [f"reference/formulas/#{each['formula_id'].lower()}" for each in steps if each["formula_id"]]


def test_a_lesson_shows_the_answer_to_its_own_inputs(press: Press) -> None:
    page = press.page_of(CASE, LESSON)
    result = calculators.run("token-cost", CASE_INPUTS)
    assert values(page) == scalars(result["outputs"]) != scalars(calculators.run("token-cost")["outputs"])
    assert calculators.run("token-cost", typed(page), text=True)["inputs"] == result["inputs"]
    held = json.loads(page.one("script").raw)["inputs"]
    assert calculators.run("token-cost", held, text=True)["inputs"] == result["inputs"]


def test_embed_code_is_offered_where_a_calculator_starts_from_its_defaults(press: Press) -> None:
    """An embed knows no other inputs to start from, and a link leaves out those of its page."""
    for call, number in (('"token-cost"', 1), ('"token-cost", requests_per_month=1000', 0)):
        page = press.page_of(f"{{{{ calculator({call}) }}}}", LESSON)
        assert len(page.all("button", data_action="embed")) == number


def test_the_command_shown_gives_the_answer_shown(press: Press, capsys: pytest.CaptureFixture[str]) -> None:
    page = press.page_of(CASE, LESSON)
    words = shlex.split(page.one(data_part="command").raw)
    assert words[:3] == ["python", "-m", "calculators"]
    assert command_line.main([*words[3:], "--format", "json"]) == 0
    assert scalars(json.loads(capsys.readouterr().out)["outputs"]) == values(page)


def test_the_program_shown_gives_the_answer_shown(press: Press, capsys: pytest.CaptureFixture[str]) -> None:
    page = press.page_of(CASE, LESSON)
    exec(compile(page.one(data_part="program").raw, "program", "exec"), {})  # noqa: S102 - the program under test
    printed = dict(line.split(" = ", 1) for line in capsys.readouterr().out.splitlines() if " = " in line)
    assert {name: printed[name] for name in values(page)} == {name: str(each) for name, each in values(page).items()}


def spoil(value: Any) -> Any:
    """Return a view with a hostile text for every text that a reader sees."""
    if isinstance(value, dict):
        return {key: each if key in HIDDEN_FROM_READERS else spoil(each) for key, each in value.items()}
    if isinstance(value, list):
        return [spoil(each) for each in value]
    return HOSTILE if isinstance(value, str) else value


def test_hostile_text_stays_text(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    clean, form = calculators.bake("token-cost"), view.form("token-cost")
    hostile = spoil(clean["view"])
    hostile |= {key: clean["view"][key] for key in ("calculator", "version", "prices_as_of")}
    hostile["outputs"] = [{**each, "value": HOSTILE} for each in hostile["outputs"]]
    kept = [
        {**spoil(group), "fields": [spoil(field) | {"unit": field["unit"]} for field in group["fields"]]}
        for group in form
    ]
    monkeypatch.setattr(view, "bake", lambda *_, **__: {**clean, "view": hostile})
    monkeypatch.setattr(view, "form", lambda _: kept)

    page = press.page_of('{{ calculator("token-cost") }}', CALCULATOR)
    assert page.all("img") == []
    assert len(page.all("script")) == 1
    assert [name for each in page.below() for name in each.attributes if name.startswith("on")] == []
    assert [each.attributes["href"] for each in page.all("a") if "javascript" in each.attributes["href"]] == []
    assert page.one(data_part="answer").text == HOSTILE
    assert set(values(page).values()) == {HOSTILE}
    assert json.loads(page.one("script").raw)["inputs"]["requests_per_month"] == HOSTILE
    assert {cell for row in page.one(data_table="meters").rows() for cell in row} == {HOSTILE}


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ('calculator("token-coast")', r'calculator\("token-coast"\): .*did you mean "token-cost"'),
        ('calculator("token-cost", cache_hitratio=1)', r'calculator\("token-cost"\): .*did you mean "cache_hit_ratio"'),
        ('calculator("token-cost", cache_hit_ratio=90)', "cache_hit_ratio: enter a number from 0 to 1, not 90"),
        ('calculator("token-cost", cache_hit_ratio=1)', "starts from the defaults; leave out cache_hit_ratio"),
    ],
)
def test_a_wrong_call_fails_and_says_what_was_meant(call: str, said: str, press: Press) -> None:
    with pytest.raises(MacroError, match=said):
        press.page_of(f"{{{{ {call} }}}}", CALCULATOR)
