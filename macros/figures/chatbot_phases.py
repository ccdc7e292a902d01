"""Launch, scale, optimise: what each phase of the chatbot costs, and what changed since the last one."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from calculators import catalogue, shown, view
from calculators.token_bill import TIERS as TOKEN_TIERS
from macros.figures.drawn import Figure, table, text_of
from macros.markup import block
from macros.naming import MacroError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from macros.figures.drawn import Desk
    from macros.state import State

PHASES = ("launch", "scale", "optimize")
TITLES = {"launch": "Launch", "scale": "Scale", "optimize": "Optimise"}
BILLS = ("recommended.usd_per_month", "usd_per_month")
MORE = tuple(f"{phase}_{each}" for phase in PHASES for each in ("bill", "also"))
WORKLOAD = ("requests_per_month", "input_tokens_per_request", "output_tokens_per_request", "cached_prefix_tokens")
OFFERED, BAR_WIDTH, MOST_SHOWN = "recommended.tier", 200, 5


def draw(_desk: Desk, *, launch: State, scale: State, optimize: State, **more: Any) -> Figure:
    """Return three panels in a row, each with the bill of its state.

    What a state doesn't count the page may say: `optimize_bill`, the whole bill, of which the state is a
    part, and `optimize_also`, changes in words.
    """
    panels: list[dict[str, Any]] = []
    before: State | None = None
    for phase, state in zip(PHASES, (launch, scale, optimize), strict=True):
        panels.append(_panel(phase, state, before, more))
        before = state
    most = max(panel["usd"] for panel in panels) or Decimal(1)
    for panel in panels:
        panel["bar"] = round(float(panel["usd"] / most) * BAR_WIDTH, 1)
    first, grown, last = panels
    return Figure(
        title="The chatbot in three phases",
        drawing=Markup(  # noqa: S704 - escaped by its template
            block("figures/chatbot_phases.html", panels=panels, width=BAR_WIDTH, most_shown=MOST_SHOWN)
        ),
        summary=f"A month costs {first['bill']} at launch, {grown['bill']} at scale and {last['bill']} when optimised.",
        table=_table(panels),
    )


def _panel(phase: str, state: State, before: State | None, more: Mapping[str, Any]) -> dict[str, Any]:
    text, usd = _bill(phase, state)
    whole = more.get(f"{phase}_bill")
    part = ""
    if whole is not None:
        part, usd = text, Decimal(str(getattr(whole, "value", whole)))
        text = shown.usd(usd)
    changes = [
        *(_changes(before, state) if before else _start(state)),
        *(("", each) for each in more.get(f"{phase}_also", ())),
    ]
    return {
        "title": TITLES[phase],
        "bill": text,
        "usd": usd,
        "part": part,
        "tier": _tier(state),
        "model": _model(state),
        "heading": "What changed" if before else "Where it starts",
        "changes": changes,
        "address": state.address,
    }


def _bill(phase: str, state: State) -> tuple[str, Decimal]:
    """Return a state's monthly bill, as a text and as a number."""
    values = {each["name"]: each["value"] for each in state.shown["outputs"]}
    for name in BILLS:
        if isinstance(values.get(name), int | float):
            return text_of(state, name), Decimal(str(values[name]))
    raise MacroError(f'figure("chatbot-phases"): {phase} is a state of {state.name}, which has no monthly bill')


def _tier(state: State) -> str:
    if any(each["name"] == OFFERED for each in state.shown["outputs"]):
        return text_of(state, OFFERED)
    tier = TOKEN_TIERS.get(state.shown["inputs"].get("tier", ""), "Standard")
    cached = any(each["meter"] == "cache_read" and each["usd_per_month"] for each in state.outputs.get("meters", ()))
    return f"{tier} with prompt caching" if cached else tier


def _model(state: State) -> str:
    found = state.shown["inputs"].get("model_id")
    return catalogue.load().models[found].name if found else ""


def _fields(state: State) -> dict[str, dict[str, Any]]:
    return {each["name"]: each for group in view.form(state.name) for each in group["fields"]}


def _start(state: State) -> list[tuple[str, str]]:
    """Return the workload of the first phase: labels and values."""
    fields, given = _fields(state), state.shown["inputs"]
    return [(fields[each]["label"], _worded(fields[each], given[each])) for each in WORKLOAD if each in fields]


def _changes(before: State, now: State) -> list[tuple[str, str]]:
    """Return the inputs that both states have and that differ: their label, the earlier value and the new one."""
    fields = _fields(now)
    earlier, later = before.shown["inputs"], now.shown["inputs"]
    return [
        (field["label"], f"{_worded(field, earlier[name])} → {_worded(field, later[name])}")
        for name, field in fields.items()
        if name in earlier and earlier[name] != later[name]
    ]


def _worded(field: dict[str, Any], value: str) -> str:
    words = {each["value"]: each["label"] for each in field["choices"]}
    if value in ("true", "false"):
        return "yes" if value == "true" else "no"
    if field["unit"] == "ratio" and value:
        return shown.percent(Decimal(value.replace(",", "")))
    return words.get(value, value) or "none"


def _table(panels: Sequence[dict[str, Any]]) -> dict[str, Any]:
    heads = ("Phase", "A month", "Way to pay", "Model", "Start, or what changed")
    rows = [
        [
            each["title"],
            each["bill"],
            each["tier"],
            each["model"],
            "; ".join(f"{label}: {words}" if label else words for label, words in each["changes"]),
        ]
        for each in panels
    ]
    return table("The chatbot in three phases", heads, rows, heads[1:2])
