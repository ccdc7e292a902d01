"""What the page's Worker calls: text in, text out."""

from __future__ import annotations

import base64
import importlib
import json
from decimal import Decimal
from typing import Any

from calculators import comparison, downloads, first_answer, view
from calculators.errors import InputError, Problem

LONGEST_REQUEST = 200_000
PRACTICE = "practice"  # read only when it is asked for: a calculator's page starts without it


def answer(name: str, request_json: str) -> str:
    """Return the answer to a request of the page as JSON: {"result", "view"} or {"errors"}.

    The request holds `inputs` (name to text), `page_inputs` (those the page was built with) and,
    from a link, `prices` (a snapshot), `taught` (that of the link, whichever is shown) and `version`;
    `today` is the day on the reader's device; `kept` holds the `inputs` and `prices` of an answer to
    compare with. With `is_first` the answer is {"outputs"}: the numbers alone, at once. With `download`,
    the ending of a file, it is that file: {"file": {"name", "media_type", "base64"}}.

    The name `practice` is that of the practice: `calculators.practice.page` describes its requests.
    """
    try:
        return json.dumps(_answered(name, request_json), ensure_ascii=False, allow_nan=False)
    except InputError as error:
        return json.dumps(error.as_dict(), ensure_ascii=False)


def _answered(name: str, request_json: str) -> dict[str, Any]:
    if len(request_json) > LONGEST_REQUEST:
        raise InputError([Problem("inputs", f"enter at most {LONGEST_REQUEST:,} characters in all")])
    request = json.loads(request_json, parse_float=Decimal)
    if name == PRACTICE:
        drills: dict[str, Any] = importlib.import_module("calculators.practice.page").answer(request)
        return drills
    view.check_version(name, request.get("version"))
    prices = request.get("prices") or None
    if request.get("is_first"):
        return {"outputs": first_answer.outputs(name, request.get("inputs", {}), prices)}
    if request.get("download"):
        found = downloads.make(str(request["download"]), name, request.get("inputs", {}), prices, text=True)
        content = base64.b64encode(found.content).decode("ascii")
        return {"file": {"name": found.name, "media_type": found.media_type, "base64": content}}
    baked = view.bake(
        name,
        request.get("inputs", {}),
        prices,
        page_inputs=request.get("page_inputs", {}),
        text=True,
        taught=request.get("taught") or None,
        today=str(request.get("today", "")),
    )
    if request.get("kept"):
        baked["view"]["comparison"] = comparison.compare(name, request["kept"], baked["view"])
    return baked
