"""The decision tree of tier selection, grown from the rules that judge.

Questions are asked in the order of judgement. An answer rules out what a rule of its question rules
out; answers that leave the same belong together; a question that changes nothing is not asked. What
is left at the end of a branch is decided by the offer and by price: worked examples, which take the
branch that the rules send them on, show how.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from calculators import catalogue as prices_and_offers
from calculators.fields import read
from calculators.formulas import tokens
from calculators.steps import Receipt
from calculators.tier_judgement import judge
from calculators.tier_rules import CUSTOMISATION_RULES, RULES, TIERS, Rule
from calculators.tier_selection import Inputs
from calculators.tier_tree_examples import EXAMPLES, Example

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a question, and the inputs that give it."""

    words: str
    inputs: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, at which stage of the judgement; the rules of its topic weigh the answers."""

    topic: str
    stage: str
    words: str
    answers: tuple[Answer, ...]


QUESTIONS = (
    Question(
        "customization",
        "1 · Offered?",
        "Is the model customised?",
        (
            Answer("Your own weights, imported", {"customization": "imported"}),
            Answer("All weights customised", {"customization": "full_custom"}),
            Answer("Adapters (LoRA): fine-tuned or distilled", {"customization": "on_demand_custom"}),
            Answer("No", {"customization": "none"}),
        ),
    ),
    Question(
        "need",
        "2 · Suitable?",
        "Does the work need more than Standard gives?",
        (
            Answer("Assured capacity", {"needs_assured_capacity": True}),
            Answer("Lower latency", {"needs_lower_latency": True}),
            Answer("No", {}),
        ),
    ),
    Question(
        "wait",
        "2 · Suitable?",
        "May part of the work wait?",
        (
            Answer("A day or more", {"acceptable_wait": "a_day"}),
            Answer("Less than a day", {"acceptable_wait": "hours"}),
            Answer("A day, for requests that need one another", {"independent_requests": False}),
            Answer(
                f"A day, for fewer than {tokens.LEAST_BATCH_RECORDS} requests",
                {"requests_per_month": tokens.LEAST_BATCH_RECORDS - 1, "deferrable_ratio": 1},
            ),
            Answer("No", {"acceptable_wait": "none"}),
        ),
    ),
    Question(
        "prefix",
        "2 · Suitable?",
        "Do requests share the start of their prompt?",
        (Answer("Yes", {"cache_ttl": "5m"}), Answer("No", {"cache_ttl": "none"})),
    ),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """A worked example at the end of a branch, and the tier that the calculator recommends for it."""

    example: Example
    tier: str
    usd_per_month: Decimal
    unmet: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class End:
    """The end of a branch: the tiers that the rules leave, and the examples that offer and price decide."""

    left: tuple[str, ...]
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """Answers that leave the same tiers, why and which tiers they rule out, and what follows."""

    question: Question
    answers: tuple[str, ...]
    reasons: Mapping[str, tuple[str, ...]]
    then: Fork | End

    @property
    def ruled_out(self) -> tuple[str, ...]:
        """The tiers that the answers rule out, in the order of all tiers."""
        out = {tier for tiers in self.reasons.values() for tier in tiers}
        return tuple(tier for tier in TIERS if tier in out)


@dataclass(frozen=True, slots=True)
class Fork:
    """A question with its branches."""

    question: Question
    branches: tuple[Branch, ...]


def grow(catalogue: prices_and_offers.Catalogue | None = None) -> Fork | End:
    """Return the tree. Raises ValueError for an example that no answer describes."""
    book = catalogue or prices_and_offers.load()
    outcomes = [_outcome(each, book) for each in EXAMPLES]
    return _grow(tuple(TIERS), QUESTIONS, outcomes)


def ends(tree: Fork | End, path: tuple[Branch, ...] = ()) -> Iterator[tuple[tuple[Branch, ...], End]]:
    """Yield each end of the tree with the branches that lead to it."""
    if isinstance(tree, End):
        yield path, tree
        return
    for branch in tree.branches:
        yield from ends(branch.then, (*path, branch))


def inputs_of(given: Mapping[str, Any]) -> Inputs:
    """Return plain data, or text as a reader types it, as inputs."""
    return read(Inputs, given, text=True)


def _outcome(example: Example, book: prices_and_offers.Catalogue) -> Outcome:
    verdict = judge(inputs_of(example.inputs), book, Receipt(is_quiet=True), only_fitting=True)
    best = verdict.recommended
    return Outcome(example, best.tier, best.usd_per_month, verdict.lost_needs)


def _grow(left: tuple[str, ...], questions: Sequence[Question], outcomes: Sequence[Outcome]) -> Fork | End:
    if not questions or len(left) == 1:
        return End(left, tuple(outcomes))
    question, *later = questions
    by_rest: dict[tuple[str, ...], list[Answer]] = {}
    for answer in question.answers:
        by_rest.setdefault(_rest(question, left, inputs_of(answer.inputs)), []).append(answer)
    if len(by_rest) == 1:
        return _grow(next(iter(by_rest)), later, outcomes)
    there = {rest: [each for each in outcomes if _takes(each, question, left, rest)] for rest in by_rest}
    if sum(map(len, there.values())) != len(outcomes):
        raise ValueError(f"{question.words} An example is described by none of its answers.")
    return Fork(
        question,
        tuple(_branch(question, left, answers, _grow(rest, later, there[rest])) for rest, answers in by_rest.items()),
    )


def _takes(outcome: Outcome, question: Question, left: tuple[str, ...], rest: tuple[str, ...]) -> bool:
    """Say whether the rules of a question leave an example with the same tiers as an answer."""
    return _rest(question, left, inputs_of(outcome.example.inputs)) == rest


def _rules(question: Question) -> list[Rule]:
    return [each for each in (*CUSTOMISATION_RULES, *RULES) if each.topic == question.topic]


def _rest(question: Question, left: tuple[str, ...], inputs: Inputs) -> tuple[str, ...]:
    """Return the tiers that the rules of a question leave."""
    return tuple(tier for tier in left if not any(rule.is_against(tier, inputs) for rule in _rules(question)))


def _branch(question: Question, left: tuple[str, ...], answers: Sequence[Answer], then: Fork | End) -> Branch:
    reasons: dict[str, tuple[str, ...]] = {}
    for answer in answers:
        inputs = inputs_of(answer.inputs)
        for rule in _rules(question):
            against = tuple(tier for tier in left if rule.is_against(tier, inputs))
            reasons |= {rule.reason: against} if against else {}
    return Branch(question, tuple(each.words for each in answers), reasons, then)
