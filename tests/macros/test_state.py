"""`state(…)`: what a lesson says is what the calculator shows, and its links open that very state."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import pytest

import calculators
from calculators import page as page_door
from calculators import view
from macros.naming import MacroError
from tests.macros.rendering import DEPTHS, HOSTILE, LESSON, flat, target

if TYPE_CHECKING:
    from tests.macros.rendering import Press

GIVEN: dict[str, Any] = {
    "requests_per_month": 1000,
    "cache_hit_ratio": 0.125,
    "compare_model_ids": ["openai.gpt-6-luna"],
}
SET = (
    '{% set it = state("token-cost", requests_per_month=1000, cache_hit_ratio=0.125,'
    ' compare_model_ids=["openai.gpt-6-luna"]) %}\n'
)


@pytest.fixture(scope="module")
def shown() -> dict[str, Any]:
    view: dict[str, Any] = calculators.bake("token-cost", GIVEN, page_inputs={})["view"]
    return view


@pytest.mark.parametrize("name", calculators.names())
def test_every_output_reads_in_a_sentence_as_in_the_calculator(name: str, press: Press) -> None:
    shown = calculators.bake(name)["view"]
    lines = "\n".join(f'- It is {{{{ it.text("{each["name"]}") }}}}, so.' for each in shown["outputs"])
    page = press.page_of(f'{{% set it = state("{name}") %}}\n{lines}\n')
    assert [each.text for each in page.all("li")] == [f"It is {flat(each['text'])}, so." for each in shown["outputs"]]


@pytest.mark.parametrize(
    ("inputs", "name", "reads"),
    [
        ("discount_rate_ratio=0.125", "discount_rate_ratio", "12.5%"),
        ("adoption_ratio_by_year=[0.4, 1]", "adoption_ratio_by_year", "40%, 100%"),
        ("run_usd_per_year=180000", "run_usd_per_year", "$180,000.00"),
        ("loaded_wage_usd_per_hour=32.5", "loaded_wage_usd_per_hour", "$32.50"),
        ("people=1200", "people", "1,200"),
    ],
)
def test_a_given_input_reads_as_a_sentence_has_it(inputs: str, name: str, reads: str, press: Press) -> None:
    page = press.page_of(f'{{% set it = state("roi", {inputs}) %}}\nIt is {{{{ it.given("{name}") }}}}, so.\n')
    assert page.one("p").text == f"It is {reads}, so."


@pytest.mark.parametrize("place", ["{}", "# {} {{ #a }}", "- {}", "> {}", "**{}**", "| a |\n|---|\n| {} |"])
def test_the_answer_survives_wherever_markdown_puts_it(place: str, press: Press, shown: dict[str, Any]) -> None:
    page = press.page_of(SET + place.format("X {{ it.answer }} X"))
    assert flat(f"X {shown['answer']} X") in page.text


def test_amounts_ratios_inputs_and_steps_are_those_of_the_result(press: Press, shown: dict[str, Any]) -> None:
    calls = (
        'usd("usd_per_month")',
        'ratio("cache_saving_ratio")',
        'input("cache_hit_ratio")',
        'step("usd_per_request")',
    )
    page = press.page_of(SET + "\n".join(f"- {{{{ it.{call} }}}}" for call in calls))
    texts = {each["name"]: each["text"] for each in shown["outputs"]}
    step = next(each for each in shown["steps"] if each["name"] == "usd_per_request")
    wanted = [
        texts["usd_per_month"],
        texts["cache_saving_ratio"],
        "0.125",
        flat(f"{step['substituted']} = {step['value']}"),
    ]
    assert [each.text for each in page.all("li")] == wanted


@pytest.mark.parametrize("name", ["response_seconds", "quota_requests_per_minute", "slots", "kv_bytes_per_token"])
def test_a_plain_number_is_told_to_three_digits(name: str, press: Press) -> None:
    value = calculators.run("capacity")["outputs"][name]
    text = press.page_of(f'X {{{{ state("capacity").about("{name}") }}}} X').text.strip("X \n")
    assert float(text.replace(",", "")) == pytest.approx(float(f"{value:.3g}") if value < 1000 else value)


def test_tables_steps_and_charts_are_whole(press: Press, shown: dict[str, Any]) -> None:
    page = press.page_of(
        SET + '{{ it.table("meters") }}\n\n{{ it.steps() }}\n\n{{ it.chart("cost-by-model") }}\n\nEnd.'
    )
    meters = next(each for each in shown["tables"] if each["id"] == "meters")
    assert page.one(data_table="meters").rows() == meters["rows"]
    assert [each.attributes["data-step"] for each in page.all("li")] == [each["name"] for each in shown["steps"]]
    chart = next(each for each in shown["charts"] if each["id"] == "cost-by-model")
    assert page.one("figure").one(data_part="summary").text == chart["summary"]
    assert page.one("figure").one(data_part="data").rows() == chart["table"]["rows"]
    assert page.children[-1].text == "End."  # type: ignore[union-attr] # an element


def test_flips_are_the_table_of_that_name(press: Press) -> None:
    rows = press.page_of('{{ state("tier-selection").flips() }}').one("table").rows()
    assert len(rows) == len(calculators.run("tier-selection")["outputs"]["flips"]) > 0


@pytest.mark.parametrize("url", DEPTHS)
def test_a_link_opens_the_state_from_any_depth(url: str, press: Press) -> None:
    page = press.page_of(SET + '{{ it.link("Open it") }}', url)
    assert page.one("a").text == "Open it"
    path, fragment = target(url, page.one("a")).split("#")
    name, query = fragment.split("?")
    assert (path, name) == ("calculators/token-cost/", "token-cost")
    inputs = dict(parse_qsl(query, keep_blank_values=True))
    request = {"version": inputs.pop("v"), "prices": inputs.pop("prices"), "inputs": inputs, "page_inputs": {}}
    opened = json.loads(page_door.answer(name, json.dumps(request)))
    assert opened["result"] == calculators.run("token-cost", GIVEN)


def test_hostile_text_stays_text(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    baked = calculators.bake("token-cost", page_inputs={})
    output = {"name": "usd_per_month", "label": "A month", "value": 0.5, "text": f"$1 {HOSTILE}"}
    step = {"name": "usd_per_request", "substituted": HOSTILE, "value": HOSTILE}
    spoilt = {
        "answer": HOSTILE,
        "outputs": [output],
        "steps": [step],
        "inputs": {"cache_ttl": HOSTILE},
        "link": "a?b=<i>&c=\"'",
    }
    monkeypatch.setattr(view, "bake", lambda *_, **__: baked | {"view": baked["view"] | spoilt})
    calls = ("answer", 'text("usd_per_month")', 'usd("usd_per_month")', 'step("usd_per_request")', 'input("cache_ttl")')
    lines = [f"Say {{{{ it.{call} }}}}." for call in calls]
    page = press.page_of(
        '{% set it = state("token-cost") %}\n' + "\n\n".join([*lines, "{{ it.link(it.name ~ '<b>') }}"])
    )
    wanted = [f"Say {text}." for text in (HOSTILE, f"$1 {HOSTILE}", f"$1 {HOSTILE}", f"{HOSTILE} = {HOSTILE}", HOSTILE)]
    assert [each.text for each in page.all("p")] == [*wanted, "token-cost<b>"]
    assert {each.tag for each in page.below()} == {"p", "code", "a"}
    assert page.one("a").attributes["href"].endswith("#a?b=<i>&c=\"'")


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ('state("tier-selecton")', 'did you mean "tier-selection"'),
        ('state("token-cost", cache_tll="5m")', 'did you mean "cache_ttl"'),
        ('state("token-cost").text("usd_per_moth")', r'state\("token-cost"\)\.text.*did you mean "usd_per_month"'),
        ('state("token-cost").usd("cache_saving_ratio")', "no amount of dollars"),
        ('state("token-cost").ratio("usd_per_month")', "no ratio"),
        ('state("tier-selection").ratio("overflow_ratio")', "no ratio, its value is None"),
        ('state("token-cost").about("usd_per_month")', "no plain number"),
        ('state("token-cost").about("cache_saving_ratio")', "no plain number"),
        ('state("capacity").about("is_throttled")', "no plain number, its value is True"),
        ('state("capacity", parameters=70600000000).about("sequences_that_fit")', "its value is None"),
        ('state("token-cost").input("cache_hit_rato")', 'did you mean "cache_hit_ratio"'),
        ('state("token-cost").given("cache_hit_rato")', 'did you mean "cache_hit_ratio"'),
        ('state("roi").given("realisation_ratio_low")', "this input was left out"),
        ('state("token-cost").step("usd_per_reqest")', 'did you mean "usd_per_request"'),
        ('state("token-cost").table("meter")', 'did you mean "meters"'),
        ('state("token-cost").chart("cost-by-meters")', 'did you mean "cost-by-meter"'),
    ],
)
def test_a_wrong_call_fails_and_says_what_was_meant(call: str, said: str, press: Press) -> None:
    with pytest.raises(MacroError, match=said):
        press.page_of(f"{{{{ {call} }}}}", LESSON)
