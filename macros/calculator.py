"""`calculator(name, **inputs)`: a whole calculator, right without JavaScript."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from calculators import InputError, view
from macros.chart import blank_figure, chart_figure
from macros.markup import block
from macros.naming import MacroError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from macros.place import Place

FORMULAS_PAGE = "reference/formulas/"


class CalculatorMacro:
    """The macro, bound to the page that is being rendered."""

    def __init__(self, place: Place) -> None:
        """Keep the page: links to other pages start from it."""
        self._place = place

    def __call__(self, name: str, **inputs: object) -> str:
        """Return the form with these inputs, and the answer to them."""
        baked = bake("calculator", name, inputs)["view"]
        if inputs and self._place.url == page_of(name):
            # Links to a state say what differs from this page's inputs; elsewhere they are written without reading it.
            extra = ", ".join(inputs)
            raise MacroError(f'calculator("{name}"): its own page starts from the defaults; leave out {extra}')
        return block(
            "calculator.html",
            name=name,
            view=baked,
            page={"inputs": baked["inputs"], "link": baked["link"]},
            groups=ordered(view.form(name)),
            labels=output_labels(baked),
            is_embeddable=not inputs,  # an embed starts from the defaults
            output_groups=output_groups(baked["outputs"]),
            charts=[Markup(chart_figure(each)) for each in baked["charts"]],  # noqa: S704 - escaped by its template
            blank_chart=Markup(blank_figure()),  # noqa: S704 - the same
            formulas_link=self._place.link_to(FORMULAS_PAGE),
        )


def bake(
    macro: str, name: str, inputs: Mapping[str, object], page_inputs: Mapping[str, object] | None = None
) -> dict[str, Any]:
    """Return a calculator's result and view, or fail with the call that was wrong.

    Inputs are written as in JSON or, as text, as a reader types them.
    """
    try:
        return view.bake(name, dict(inputs), page_inputs=page_inputs, text=True)
    except InputError as error:
        message = f'{macro}("{name}"): {error}'
        raise MacroError(message) from error


def ordered(groups: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a form's groups with those that may be left empty at the end; as many stay open as were."""
    wanted = sorted(groups, key=lambda group: all(field["nullable"] for field in group["fields"]))
    number_open = sum(group["is_open"] for group in groups)
    return [{**group, "is_open": place < number_open} for place, group in enumerate(wanted)]


def output_labels(shown: Mapping[str, Any]) -> dict[str, str]:
    """Return the label of each output by name: steps that make an output are called like it."""
    return {each["name"]: each["label"] for each in shown["outputs"]}


def output_groups(outputs: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Return the outputs in groups: the parts of a nested output lose its name, which becomes the group's title.

    >>> both = {"name": "best.tier", "label": "Best: tier"}, {"name": "usd", "label": "A month"}
    >>> [(each["title"], each["outputs"][0]["short_label"]) for each in output_groups(both)]
    [('Best', 'Tier'), ('', 'A month')]
    """
    groups = []
    for parent, members in groupby(outputs, key=lambda each: each["name"].rpartition(".")[0]):
        found = list(members)
        title = found[0]["label"].partition(": ")[0] if parent else ""
        start = len(f"{title}: ") if parent else 0
        short = [{**each, "short_label": _capitalised(each["label"][start:])} for each in found]
        groups.append({"title": title, "outputs": short})
    return groups


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def page_of(name: str) -> str:
    """Return the address of a calculator's own page, below the site's root."""
    return f"calculators/{name}/"
