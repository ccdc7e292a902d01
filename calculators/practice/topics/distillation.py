"""Distillation, go or no-go: what the student costs to make, what it saves, and what its errors cost."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from calculators import shown
from calculators.practice import businesses, quiet
from calculators.practice.cases import Case, Choice, Form, Given, Slip, Topic, tell
from calculators.practice.facts import count, percent, usd, who

if TYPE_CHECKING:
    from calculators.catalogue import Catalogue
    from calculators.distillation_balance import Balance
    from calculators.practice.dice import Dice

METERS = ("input", "output")
TEACHER, STUDENT = "amazon.nova-pro-v1:0", "amazon.nova-micro-v1:0"
REGION, ROUTING = "us-east-1", "in_region_or_geo"
DECISIONS = {
    "distil": "Distil: the student repays its making within the horizon",
    "too_slow": "Stay: it is repaid, but not within the horizon",
    "never": "Stay: with its errors the student saves nothing",
    "not_offered": "Stay: Bedrock does not distil this pair",
}
NOT_OFFERED = (
    ("anthropic.claude-sonnet-4-6", "anthropic.claude-haiku-4-5-20251001-v1:0"),
    ("anthropic.claude-opus-5", "anthropic.claude-sonnet-4-6"),
    ("anthropic.claude-opus-4-6-v1", "anthropic.claude-haiku-4-5-20251001-v1:0"),
    ("anthropic.claude-sonnet-5", "anthropic.claude-haiku-5-5"),
)
LIST = "AWS's list of pairs names {listed}; it names no Anthropic model. "
LOAD = (
    (
        "{who} with {teacher}: {requests} requests a month of {input} input and {output} output tokens. The team "
        "wants to distil it into {student}. "
    ),
    (
        "{who}. Today {teacher} answers {requests} requests a month, each of {input} input and {output} output "
        "tokens. Could {student}, taught by it, take over? "
    ),
)
PRICES = (
    "1 million tokens cost {teacher_input} for input and {teacher_output} for output with the teacher, "
    "{student_input} and {student_output} with the student. "
)
MAKING = (
    "The teacher answers {examples} training prompts of the same size. The student is trained on them in {epochs} "
    "epochs, at {training} for 1 million tokens, {tokens} tokens an example. People rate {ratings} answers at "
    "{rating} each and work {hours} hours at {wage} an hour. "
)
ERRORS = "The student gets {errors} more of the requests wrong, and a wrong answer costs {error}. "


def _pair(dice: Dice, catalogue: Catalogue, teacher: str, student: str) -> tuple[list[Given], dict[str, Any]]:
    """Draw the load and the errors of a pair: the facts and the inputs."""
    names = {
        role: catalogue.models[key].name.removeprefix("Amazon ")
        for role, key in (("teacher", teacher), ("student", student))
    }
    requests = dice.round_amount(5, 7)
    tokens_in, tokens_out = dice.between(600, 4_000, 100), dice.between(100, 600, 50)
    errors, error = dice.between(5, 30, 5) / 1000, dice.hundredths(2, 20)
    given = [
        who(dice, businesses.CHATS),
        *(Given(role, name, name) for role, name in names.items()),
        count("requests", requests),
        count("input", tokens_in),
        count("output", tokens_out),
        percent("errors", errors),
        usd("error", error),
    ]
    for role, key in (("teacher", teacher), ("student", student)):
        given += [usd(f"{role}_{meter}", catalogue.price(key, REGION, ROUTING, meter).figure) for meter in METERS]
    inputs = {
        "teacher_model_id": teacher,
        "student_model_id": student,
        "region": REGION,
        "routing": ROUTING,
        "requests_per_month": requests,
        "input_tokens_per_request": tokens_in,
        "output_tokens_per_request": tokens_out,
        "extra_error_ratio": errors,
        "usd_per_error": error,
    }
    return given, inputs


def _making(dice: Dice, catalogue: Catalogue, inputs: dict[str, Any]) -> tuple[list[Given], dict[str, Any]]:
    """Draw what making the student takes."""
    examples, epochs = dice.between(3_000, 15_000, 1_000), dice.between(2, 4)
    ratings, rating = dice.between(200, 1_000, 100), dice.between(1, 4)
    hours, wage = dice.between(40, 160, 10), dice.between(60, 120, 5)
    tokens = inputs["input_tokens_per_request"] + inputs["output_tokens_per_request"]
    training = catalogue.price(STUDENT, REGION, ROUTING, "custom_training").figure
    given = [
        count("examples", examples),
        count("epochs", epochs),
        usd("training", training),
        count("tokens", tokens),
        count("ratings", ratings),
        usd("rating", rating),
        count("hours", hours),
        usd("wage", wage),
    ]
    return given, {
        "training_examples": examples,
        "tokens_per_example": tokens,
        "epochs": epochs,
        "evaluations": ratings,
        "usd_per_evaluation": rating,
        "labour_hours": hours,
        "labour_usd_per_hour": wage,
    }


def _repaid(dice: Dice, catalogue: Catalogue) -> tuple[list[Given], dict[str, Any], Balance]:
    """Draw a pair that Bedrock distils, with what making the student takes."""
    given, inputs = _pair(dice, catalogue, TEACHER, STUDENT)
    more, making = _making(dice, catalogue, inputs)
    inputs |= making
    return [*given, *more], inputs, quiet.balance(inputs, catalogue)


def payback(dice: Dice, catalogue: Catalogue) -> Case | None:
    """Ask after how many months the student has repaid its making."""
    given, inputs, balance = _repaid(dice, catalogue)
    months, fixed, requests = balance.payback_months, balance.fixed_usd, inputs["requests_per_month"]
    if months is None or fixed is None or not Decimal("0.4") < months < 60:  # noqa: PLR2004 - months to wait for
        return None
    gap = balance.teacher_usd - balance.student_usd
    people = (
        inputs["evaluations"] * inputs["usd_per_evaluation"] + inputs["labour_hours"] * inputs["labour_usd_per_hour"]
    )
    slips = (
        Slip(fixed / (requests * gap), "You left out the errors. They cost a part of what the cheaper tokens save."),
        Slip(
            (fixed - people) / balance.saving_usd,
            "You left out the people: ratings and work are nearly all of the making.",
        ),
        Slip(
            fixed / (requests * (balance.teacher_usd - balance.penalty_usd)),
            "You took the student for free. Its tokens cost less, not nothing.",
        ),
        Slip(months / 12, "This is the time in years. Asked are months."),
        Slip(
            fixed / requests / balance.teacher_usd,
            "You compared with the teacher's whole bill. Only the difference is saved.",
        ),
    )
    question = "After how many months has the student repaid its making?"
    return Case(
        kind="number",
        text=tell(dice.pick(LOAD) + PRICES + MAKING + ERRORS + question, given),
        given=tuple(given),
        unit="months",
        answer=months,
        slips=slips,
        explanation=f"Making it costs {shown.usd(fixed)}. It saves {shown.usd(gap)} of tokens a request, of which "
        f"errors take {shown.usd(balance.penalty_usd)}: {shown.usd(balance.saving_usd)} a month.",
        calculator="distillation-savings",
        inputs=inputs,
        output="payback_months",
        steps=STEPS,
    )


STEPS = (
    "teacher_usd_per_request",
    "student_usd_per_request",
    "error_penalty_usd_per_request",
    "net_saving_usd_per_request",
    "labelling_usd",
    "training_usd",
    "fixed_usd",
    "saving_usd_per_month",
    "payback_months",
)


def requests_needed(dice: Dice, catalogue: Catalogue) -> Case | None:
    """Ask after how many requests the student has repaid its making."""
    given, inputs, balance = _repaid(dice, catalogue)
    fixed, net = balance.fixed_usd, balance.net_usd
    if fixed is None or net <= 0:
        return None
    needed, gap = fixed / net, balance.teacher_usd - balance.student_usd
    slips = (
        Slip(fixed / gap, "You left out the errors. They cost a part of what the cheaper tokens save."),
        Slip(fixed / balance.teacher_usd, "You compared with the teacher's whole price. Only the difference is saved."),
        Slip(needed / 1000, "You took the price of 1 million tokens for the price of 1,000."),
        Slip((fixed - inputs["labour_hours"] * inputs["labour_usd_per_hour"]) / net, "You left out the people's work."),
        Slip(needed / inputs["requests_per_month"], "This is the number of months. Asked is the number of requests."),
    )
    question = "How many requests does it take until the student has repaid its making?"
    return Case(
        kind="number",
        text=tell(dice.pick(LOAD) + PRICES + MAKING + ERRORS + question, given),
        given=tuple(given),
        unit="requests",
        answer=needed,
        slips=slips,
        explanation=f"Making it costs {shown.usd(fixed)}, and a request saves {shown.usd(net)} after its errors: "
        f"{needed:,.0f} requests.",
        calculator="distillation-savings",
        inputs=inputs,
        output="break_even_requests",
        steps=(*STEPS[:7], "break_even_requests"),
    )


def ceiling(dice: Dice, catalogue: Catalogue) -> Case:
    """Ask for the cost of an error above which the student never pays."""
    given, inputs = _pair(dice, catalogue, TEACHER, STUDENT)
    given = [each for each in given if each.name != "error"]
    balance = quiet.balance(inputs, catalogue)
    teacher, student, errors = balance.teacher_usd, balance.student_usd, inputs["extra_error_ratio"]
    most = (teacher - student) / errors
    slips = (
        Slip(teacher / errors, "You took the student for free. Its tokens cost less, not nothing."),
        Slip(
            teacher - student,
            "This is what one request saves. Only a few requests are wrong, so an error may cost more.",
        ),
        Slip(most / 100, "You read the share of errors as a number of per cent: 1 % is 0.01."),
        Slip((teacher - student) * errors, "You multiplied by the share of errors. Divide the saving by it."),
        Slip(student / errors, "You divided the student's cost. What counts is the saving against the teacher."),
    )
    question = (
        "The student gets {errors} more of the requests wrong. Above which cost of one wrong answer does it never "
        "pay, in US dollars?"
    )
    return Case(
        kind="number",
        text=tell(dice.pick(LOAD) + PRICES + question, given),
        given=tuple(given),
        unit="USD per error",
        answer=most,
        slips=slips,
        explanation=f"A request saves {shown.usd(teacher - student)}; {shown.percent(errors)} of them go wrong. An "
        f"error may cost {shown.usd(most)} before nothing is saved.",
        calculator="distillation-savings",
        inputs=inputs,
        output="error_cost_ceiling_usd",
        steps=("teacher_usd_per_request", "student_usd_per_request", "error_cost_ceiling_usd"),
    )


def go(dice: Dice, catalogue: Catalogue) -> Case | None:
    """Ask whether to distil at all."""
    wanted = dice.wanted(tuple(DECISIONS))
    teacher, student = dice.pick(NOT_OFFERED) if wanted == "not_offered" else (TEACHER, STUDENT)
    given, inputs = _pair(dice, catalogue, teacher, student)
    more, making = _making(dice, catalogue, inputs)
    inputs |= {**making, "horizon_months": dice.between(6, 24, 6)}
    if _decision(inputs, catalogue) != wanted:
        return None
    moved = ("requests_per_month", "usd_per_error", "extra_error_ratio", "labour_hours", "horizon_months")
    if not quiet.is_steady(inputs, moved, lambda changed: _decision(changed, catalogue)):
        return None
    balance = quiet.balance(inputs, catalogue)
    listed = "Nova Premier and Nova Pro as teachers of Nova Lite and Nova Micro"
    given += [*more, count("horizon", inputs["horizon_months"]), Given("listed", listed, listed)]
    question = "It has to be repaid within {horizon} months. What do you advise?"
    return Case(
        kind="choice",
        text=tell(dice.pick(LOAD) + LIST + PRICES + MAKING + ERRORS + question, given),
        given=tuple(given),
        unit="",
        answer=wanted,
        slips=tuple(Slip(each, _why(each, balance)) for each in DECISIONS if each != wanted),
        choices=tuple(Choice(each, label) for each, label in DECISIONS.items()),
        explanation=_explanation(balance, wanted),
        calculator="distillation-savings",
        inputs=inputs,
        output="payback_months",
        settles=balance.payback_months,
        steps=STEPS,
    )


def _decision(inputs: dict[str, Any], catalogue: Catalogue) -> str:
    balance = quiet.balance(inputs, catalogue)
    if not balance.pair.is_offered:
        return "not_offered"
    if balance.payback_months is None:
        return "never"
    return "distil" if balance.payback_months <= inputs["horizon_months"] else "too_slow"


def _why(decision: str, balance: Balance) -> str:
    """Say what speaks against an advice."""
    if decision == "not_offered":
        return "AWS's list of pairs names this teacher and this student."
    if not balance.pair.is_offered:
        return "Before any arithmetic: AWS's list does not name this pair."
    if balance.payback_months is None:
        return "A request saves less in tokens than its errors cost, so nothing is ever repaid."
    months = shown.significant(balance.payback_months, 3)
    return f"It saves {shown.usd(balance.saving_usd)} a month, errors paid, and is repaid after {months} months."


def _explanation(balance: Balance, decision: str) -> str:
    if decision == "not_offered":
        return balance.pair.reasons[0]
    assert balance.fixed_usd is not None  # noqa: S101 - a pair that is offered has a cost
    gap = balance.teacher_usd - balance.student_usd
    told = f"A request saves {shown.usd(gap)} in tokens and loses {shown.usd(balance.penalty_usd)} by errors"
    if balance.payback_months is None:
        return f"{told}: nothing is left."
    months = shown.significant(balance.payback_months, 3)
    return f"{told}. Making it costs {shown.usd(balance.fixed_usd)}, repaid after {months} months."


TOPIC = Topic(
    "distillation",
    "Distillation, go or no-go",
    (
        Form("payback", "3-customization/distillation", payback),
        Form("requests", "3-customization/distillation", requests_needed),
        Form("ceiling", "3-customization/distillation", ceiling),
        Form("go", "3-customization/distillation", go),
    ),
)
