"""The pricing decision tree: grown by the calculator from the rules that it judges by."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from calculators import catalogue, shown
from calculators.tier_rules import TIERS
from calculators.tier_tree import End, Fork, Outcome, ends, grow, inputs_of
from macros.figures.drawn import Figure, table
from macros.markup import block

if TYPE_CHECKING:
    from collections.abc import Sequence

    from calculators.tier_tree import Branch
    from macros.figures.drawn import Desk

TOKENS, CAPACITY = "modules/2-pricing/token-pricing/", "modules/2-pricing/reserved-capacity/"
LESSONS = {
    "standard": f"{TOKENS}#idea",
    "standard_cached": f"{TOKENS}#worked",
    "flex": f"{TOKENS}#multipliers",
    "priority": f"{CAPACITY}#tiers",
    "batch": f"{CAPACITY}#tiers",
    "provisioned": f"{CAPACITY}#worked",
    "provisioned_mix": f"{CAPACITY}#worked",
    "reserved": f"{CAPACITY}#worked",
    "custom_import": "modules/2-pricing/summary/#cases",
}
SHORT = {
    "standard_cached": "Standard with caching",
    "provisioned": "Provisioned Throughput",
    "provisioned_mix": "Provisioned Throughput with overflow",
}

MANY = 5  # so many ways are counted, not named


def draw(desk: Desk) -> Figure:
    """Return the tree as nested lists, with a link to a lesson and to a state at each outcome."""
    tree = grow()
    assert isinstance(tree, Fork)  # noqa: S101 - a tree without a question would decide nothing
    found = list(ends(tree))
    number = sum(len(end.outcomes) for _, end in found)
    html = block("figures/decision_tree.html", trunk=_trunk(desk, tree))
    return Figure(
        title="The pricing decision tree",
        drawing=Markup(html),  # noqa: S704 - escaped by its template
        summary="First what is offered, then what suits the work, and only then the price.",
        note=(
            "Where several ways are left, the offer of the model and the price decide. "
            f"Each of the {number} outcomes is an example that the calculator decides by the same rules; "
            "“assumed” marks a price that AWS doesn't publish."
        ),
        table=_table(found),
    )


def _trunk(desk: Desk, fork: Fork) -> list[dict[str, Any]]:
    """Return the questions on the way down the last answers; every other answer is a side branch."""
    asked = []
    tree: Fork | End = fork
    while isinstance(tree, Fork):
        *aside, last = tree.branches
        goes_on = isinstance(last.then, Fork)
        branches = [_branch(desk, each) for each in (aside if goes_on else tree.branches)]
        question = {"stage": tree.question.stage, "words": tree.question.words, "branches": branches}
        asked.append({**question, "on": _words(last) if goes_on else "", "on_out": _out(last) if goes_on else ""})
        tree = last.then
    return asked


def _branch(desk: Desk, branch: Branch) -> dict[str, Any]:
    drawn: dict[str, Any] = {"words": _words(branch), "out": _out(branch), "left": "", "trunk": [], "outcomes": []}
    if isinstance(branch.then, Fork):
        return {**drawn, "trunk": _trunk(desk, branch.then)}
    number = len(branch.then.left)
    left = f"leaves {number} of {len(TIERS)} ways" if number > 1 else "leaves one way"
    return {**drawn, "left": left, "outcomes": [_outcome(desk, each) for each in branch.then.outcomes]}


def _outcome(desk: Desk, outcome: Outcome) -> dict[str, Any]:
    state = desk.state("tier-selection", **outcome.example.inputs)
    return {
        "tier": _name(outcome.tier),
        "lesson": desk.place.link_to(LESSONS[outcome.tier]),
        "when": outcome.example.when,
        "what": outcome.example.what,
        "is_assumed": outcome.example.is_assumed,
        "is_unmet": bool(outcome.unmet),
        "usd": shown.usd(outcome.usd_per_month),
        "state": state.address,
    }


def _name(tier: str) -> str:
    return SHORT.get(tier, TIERS[tier])


def _words(branch: Branch) -> list[str]:
    return list(branch.answers)


def _out(branch: Branch) -> str:
    """Return what an answer rules out; where it is most of what there is, what it leaves says more."""
    if len(branch.ruled_out) >= MANY:
        return ""
    return ", ".join(_name(each) for each in branch.ruled_out)


def _table(found: Sequence[tuple[tuple[Branch, ...], End]]) -> dict[str, Any]:
    rows = []
    for path, end in found:
        answers = " ".join(f"{each.question.words} {' / '.join(each.answers)}." for each in path)
        reasons = ". ".join(_reason(reason, tiers) for branch in path for reason, tiers in branch.reasons.items())
        for each in end.outcomes:
            month = shown.usd(each.usd_per_month)
            rows.append([answers, reasons, _name(each.tier), each.example.when, _example(each), month])
    heads = ("Answers", "What they rule out, and why", "Outcome", "When", "Example", "A month")
    return table("Every path of the tree", heads, rows, heads[-1:])


def _reason(reason: str, tiers: Sequence[str]) -> str:
    names = ", ".join(map(_name, tiers)) if len(tiers) < MANY else f"{len(tiers)} ways"
    return f"{names}: {reason}"


def _example(outcome: Outcome) -> str:
    """Return what an example is, with its model where it is one of Bedrock's."""
    example = outcome.example
    assumed = ", at an assumed price" if example.is_assumed else ""
    inputs = inputs_of(example.inputs)
    if inputs.customization == "imported":
        return f"{example.what}{assumed}"
    return f"{example.what} ({catalogue.load().models[inputs.model_id].name}){assumed}"
