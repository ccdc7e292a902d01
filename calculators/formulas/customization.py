"""Customisation: examples in the prompt against training, and what labels cost (F25, F26)."""

from __future__ import annotations

from decimal import Decimal

TOKENS_PER_MTOK = Decimal(1_000_000)


def examples_usd_per_request(
    *, examples_per_prompt: Decimal | int, tokens_per_example: Decimal | int, input_usd_per_mtok: Decimal
) -> Decimal:
    """What the examples in a prompt cost, per request.

    Formula: F25
        c_shots = shots·T·p_in / 10^6
    Symbols:
        c_shots: cost of the examples, USD per request
        shots: examples in each prompt
        T: tokens of one example
        p_in: input price, or the cache read price where the examples are cached, USD per 1,000,000 tokens
    Valid when: each request carries the same examples.
    Source: idea of Liu et al. 2022 (arXiv 2205.05638); algebra.
    Worked example: 8 examples of 180 tokens, Claude Sonnet 5.
        >>> examples_usd_per_request(
        ...     examples_per_prompt=8, tokens_per_example=180, input_usd_per_mtok=Decimal(2)
        ... )
        Decimal('0.00288')
    """
    return input_usd_per_mtok * examples_per_prompt * tokens_per_example / TOKENS_PER_MTOK


def few_shot_break_even_requests(*, fine_tuning_usd: Decimal, examples_usd_per_request: Decimal) -> Decimal | None:
    """Requests from which fine-tuning costs less than examples in every prompt.

    Formula: F25
        N* = F_ft / (shots·T·p_in / 10^6)
    Symbols:
        N*: requests
        F_ft: cost of fine-tuning, data and people included, USD
        shots·T·p_in: cost of the examples in one prompt, shots examples of T tokens
    Valid when: the tuned model answers as well without the examples (test it) and costs the same per
        token. None when the examples cost nothing.
    Source: idea of Liu et al. 2022 (arXiv 2205.05638); algebra.
    Worked example: $1,208 of fine-tuning against $0.00288 of examples a request.
        >>> round(few_shot_break_even_requests(
        ...     fine_tuning_usd=Decimal(1_208), examples_usd_per_request=Decimal("0.00288")
        ... ), 1)
        Decimal('419444.4')
    """
    if examples_usd_per_request <= 0:
        return None
    return fine_tuning_usd / examples_usd_per_request


def labelling_usd(
    *,
    items: Decimal | int,
    labels_per_item: Decimal | int,
    usd_per_label: Decimal,
    review_ratio: Decimal,
    usd_per_review: Decimal,
    pilot_ratio: Decimal,
    labour_usd: Decimal,
) -> Decimal:
    """Cost of labelling a data set.

    Formula: F26
        C = (N·k·p + v·N·p_r)·(1 + π) + W
    Symbols:
        C: cost of the labels, USD
        N: items labelled
        k: labels per item, more than one for a vote
        p: price of one label, USD
        v: share of items that an expert reviews, 0 to 1
        p_r: price of one review, USD
        π: pilot and work on the labelling scheme, as a share of the rest
        W: cost of your own people, USD
    Valid when: labels are independent and of the quality that you accept.
    Source: cost structure of the pccvdi.com price survey of 2026 (pilots take 10 to 20%); arithmetic.
    Worked example: 20,000 items, three labels of $0.10, a tenth reviewed at $0.50, 15% pilot, $4,200 of work.
        >>> labelling_usd(
        ...     items=20_000, labels_per_item=3, usd_per_label=Decimal("0.10"),
        ...     review_ratio=Decimal("0.1"), usd_per_review=Decimal("0.50"),
        ...     pilot_ratio=Decimal("0.15"), labour_usd=Decimal(4_200),
        ... )
        Decimal('12250.00000')
    """
    label_usd = usd_per_label * labels_per_item * items
    review_usd = usd_per_review * review_ratio * items
    return (label_usd + review_usd) * (1 + pilot_ratio) + labour_usd


def label_usd_per_usable_item(
    *, labelling_usd: Decimal, items: Decimal | int, label_yield_ratio: Decimal
) -> Decimal | None:
    """Cost of one label that can be used.

    Formula: F26
        c_label = C / (N·y)
    Symbols:
        c_label: cost of one usable label, USD
        C: cost of the labels, USD
        N: items labelled
        y: share of items whose label can be used, 0 to 1
    Valid when: what is rejected is not paid back. None when no item is usable.
    Source: cost structure of the pccvdi.com price survey of 2026; arithmetic.
    Worked example: $12,250 for 20,000 items of which 92% are usable.
        >>> round(label_usd_per_usable_item(
        ...     labelling_usd=Decimal(12_250), items=20_000, label_yield_ratio=Decimal("0.92")
        ... ), 6)
        Decimal('0.665761')
    """
    usable_items = label_yield_ratio * items
    if usable_items <= 0:
        return None
    return labelling_usd / usable_items
