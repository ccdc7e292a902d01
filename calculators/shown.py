"""How a number is shown. Nothing is computed from what these functions return.

`plain` keeps ten significant digits for arithmetic that a reader redoes by hand;
`amount` rounds for reading, by the unit of the number.
"""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal

PLAIN = Context(prec=10, rounding=ROUND_HALF_EVEN)
LARGEST_HIDDEN_RATIO = Decimal("0.0005")  # at one decimal it would read as 0
LEAST_SHOWN_MISSING = Decimal("1e-7")  # per cent
LONGEST_COUNT = Decimal(10**15)
NOTHING = "none"
PRICE = "price in USD"  # the unit of an output that is a price as found, not an amount computed


def plain(value: Decimal | int) -> str:
    """Return up to ten significant digits, without an exponent or thousands marks.

    >>> plain(Decimal("0.2000")), plain(Decimal(1080)), plain(Decimal(1) / 3)
    ('0.2', '1080', '0.3333333333')
    """
    rounded = PLAIN.create_decimal(value)
    text = format(rounded, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def significant(value: Decimal, digits: int) -> str:
    """Return a number with thousands marks and at most `digits` significant digits.

    Whole parts are never cut.

    >>> significant(Decimal("0.00521649"), 4), significant(Decimal("1234567.8"), 4)
    ('0.005216', '1,234,568')
    """
    if value == 0:
        return "0"
    places = max(0, digits - 1 - value.adjusted())
    text = f"{value:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def count(value: Decimal, digits: int) -> str:
    """Return a count; one too long to be read gets an exponent.

    >>> count(Decimal("2607147.9"), 6), count(Decimal(42) * 10**21, 6)
    ('2,607,148', '4.2·10^22')
    """
    if abs(value) < LONGEST_COUNT:
        return significant(value, digits)
    return f"{significant(value.scaleb(-value.adjusted()), digits)}·10^{value.adjusted()}"


def usd(value: Decimal) -> str:
    """Return dollars: cents from 1 dollar up, four significant digits below.

    >>> usd(Decimal(1304)), usd(Decimal("0.005216")), usd(Decimal("-12.5")), usd(Decimal(0))
    ('$1,304.00', '$0.005216', '-$12.50', '$0.00')
    """
    sign, size = ("-", -value) if value < 0 else ("", value)
    if size == 0 or size >= 1:
        return f"{sign}${size:,.2f}"
    text = significant(size, 4)
    cents = len(text.partition(".")[2])
    return f"{sign}${text}" if cents > 1 else f"{sign}${size:,.2f}"


def price(value: Decimal) -> str:
    """Return a price in dollars with the digits that its source gives: what is not computed is not rounded.

    >>> price(Decimal("1.375")), price(Decimal("0.2")), price(Decimal("0.10725")), price(Decimal(1440))
    ('$1.375', '$0.20', '$0.10725', '$1,440.00')
    """
    whole, _, fraction = plain(value).partition(".")
    return f"${int(whole):,}.{fraction:0<2}"


def months(value: Decimal | int) -> str:
    """Return a time in months.

    >>> months(1), months(Decimal(12))
    ('1 month', '12 months')
    """
    return f"{significant(Decimal(value), 3)} month{'' if value == 1 else 's'}"


def percent(value: Decimal) -> str:
    """Return a ratio as a percentage.

    >>> percent(Decimal("0.265352")), percent(Decimal("0.9")), percent(Decimal("1.929"))
    ('26.5%', '90%', '192.9%')
    >>> percent(Decimal("0.000000001")), percent(Decimal("-0.000000001"))
    ('under 0.1%', 'above -0.1%')
    """
    if value and abs(value) <= LARGEST_HIDDEN_RATIO:
        return "under 0.1%" if value > 0 else "above -0.1%"
    text = f"{value * 100:,.1f}"
    return text.removesuffix(".0") + "%"


def availability(value: Decimal) -> str:
    """Return an availability as a percentage with three digits of what is missing to 100%.

    >>> availability(Decimal("0.99840065")), availability(Decimal("0.9999490975")), availability(Decimal(1))
    ('99.84%', '99.99491%', '100%')
    >>> availability(1 - Decimal("1e-20")), availability(Decimal("0.5"))
    ('over 99.9999999%', '50%')
    """
    missing = (1 - value) * 100
    if 0 < missing < LEAST_SHOWN_MISSING:
        return "over 99.9999999%"
    text = f"{value * 100:.{max(1, 2 - missing.adjusted())}f}" if missing else "100"
    return (text.rstrip("0").rstrip(".") if "." in text else text) + "%"


def beyond(value: Decimal, unit: str, *, is_up: bool) -> Decimal:
    """Return a limit rounded to what `amount` shows, upwards or downwards: never to the side it must not be on.

    >>> beyond(Decimal("11.3263"), "USD per 1M tokens", is_up=True), beyond(Decimal("0.2849"), "ratio", is_up=False)
    (Decimal('11.33'), Decimal('0.284'))
    >>> beyond(Decimal("1e-9"), "ratio", is_up=True), beyond(Decimal("1234567"), "count", is_up=False)
    (Decimal('0.001'), Decimal('1234567'))
    """
    if value == 0:
        return value
    if unit == "ratio":
        last = Decimal("0.001")
    elif unit.startswith("USD"):
        last = Decimal("0.01") if abs(value) >= 1 else Decimal(1).scaleb(value.adjusted() - 3)
    else:
        last = Decimal(1).scaleb(min(value.adjusted() - 5, 0))
    return (value / last).to_integral_value(ROUND_CEILING if is_up else ROUND_FLOOR) * last


def amount(value: object, unit: str) -> str:
    """Return a value as text a reader understands, by its unit.

    >>> amount(Decimal("0.9"), "ratio"), amount(None, "USD per month"), amount(True, "yes or no")
    ('90%', 'none', 'yes')
    """
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, Decimal | int):
        return str(value)
    number = Decimal(value)
    if unit.startswith("USD"):
        return usd(number)
    by_unit = {"ratio": percent, "availability": availability, PRICE: price}
    digits = 3 if unit in ("years", "months") else 6
    return by_unit[unit](number) if unit in by_unit else count(number, digits)
