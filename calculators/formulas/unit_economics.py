"""Unit economics: what one conversation costs when an assistant takes part of them (F21)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal


def conversation_usd(*, assistant_usd: Decimal, human_usd: Decimal | int, containment_ratio: Decimal) -> Decimal:
    """Mean cost of a conversation of which some go on to a person.

    Formula: F21
        c = c_AI + (1 − s)·c_human
    Symbols:
        c: mean cost of a conversation, USD
        c_AI: cost of the assistant's part, USD
        c_human: cost of a conversation with a person, USD
        s: containment, the share solved correctly without a person, 0 to 1
    Valid when: containment is measured as solved, not as "was not handed over"; what a wrong
        answer costs is not in it.
    Source: FinOps Framework, unit economics; algebra.
    Worked example: $0.035 for the assistant, $6.50 for a person, 62% contained.
        >>> from decimal import Decimal
        >>> conversation_usd(
        ...     assistant_usd=Decimal("0.035"), human_usd=Decimal("6.50"), containment_ratio=Decimal("0.62")
        ... )
        Decimal('2.5050')
    """
    return assistant_usd + (1 - containment_ratio) * human_usd


def break_even_containment_ratio(*, assistant_usd: Decimal, human_usd: Decimal | int) -> Decimal | None:
    """Containment above which an assistant costs less than people alone.

    Formula: F21
        s* = c_AI / c_human
    Symbols:
        s*: containment at which both cost the same; above 1 the assistant never saves
        c_AI: cost of the assistant's part of a conversation, USD
        c_human: cost of a conversation with a person, USD
    Valid when: as for the cost of a conversation. None when people cost 0 or less.
    Source: c = c_human solved for s.
    Worked example: $0.035 for the assistant, $6.50 for a person.
        >>> from decimal import Decimal
        >>> round(break_even_containment_ratio(assistant_usd=Decimal("0.035"), human_usd=Decimal("6.50")), 8)
        Decimal('0.00538462')
    """
    return None if human_usd <= 0 else assistant_usd / human_usd


def pass_usd(*, assistant_usd: Decimal, containment_ratio: Decimal) -> Decimal | None:
    """Cost of one conversation that the assistant solves.

    Formula: F21
        cost of pass = c_AI / s
    Symbols:
        c_AI: cost of the assistant's part of a conversation, USD
        s: containment, the share solved correctly without a person, 0 to 1
    Valid when: as for the cost of a conversation. None when s is 0 or less: it solves none.
    Source: cost-of-pass as used in arXiv 2605.09533 (2026).
    Worked example: $0.035 a conversation, 62% contained.
        >>> from decimal import Decimal
        >>> round(pass_usd(assistant_usd=Decimal("0.035"), containment_ratio=Decimal("0.62")), 7)
        Decimal('0.0564516')
    """
    return None if containment_ratio <= 0 else assistant_usd / containment_ratio
