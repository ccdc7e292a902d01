"""Charts drawn at build: the calculator's specification as SVG inside the page.

Each chart is drawn twice, for wide and for narrow columns; the style sheet shows the one that
fits. Colours become CSS variables named after them (`#1f6fb5` → `--chart-1f6fb5`), so that the
dark theme can give them other values. `docs/assets/js/charts.js` follows the same rules.
"""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import vl_convert
from markupsafe import Markup

from macros.markup import block

if TYPE_CHECKING:
    from collections.abc import Mapping

VEGA_LITE = "6.4"
WIDTHS = {"wide": 560, "narrow": 330}
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"  # one that the renderer brings with it: it measures with it
COLOUR = re.compile(r'="#([0-9a-fA-F]{3,8})"')
CLIP = re.compile(r'(id="|url\(#)(clip\d+)')


def chart_figure(chart: Mapping[str, Any]) -> str:
    """Return the figure of one chart: title, drawing, summary and its data as a table."""
    return block("chart.html", chart=chart, drawings=drawings(chart["spec"]))


def drawings(spec: Mapping[str, Any]) -> dict[str, Markup]:
    """Return a specification drawn for each width of column."""
    text = json.dumps(spec, sort_keys=True)
    return {size: Markup(draw(text, width)) for size, width in WIDTHS.items()}  # noqa: S704 - our own SVG


def blank_figure() -> str:
    """Return a figure without a chart, for charts that only a changed input brings."""
    nothing = {"id": "", "title": "", "summary": "", "table": {"id": "", "title": "", "columns": [], "rows": []}}
    return block("chart.html", chart=nothing, drawings={})


@cache
def draw(spec_json: str, width: int) -> str:
    """Return a specification as SVG for a column of this width, in pixels."""
    given = json.loads(spec_json)
    spec = {**given, "width": width, "config": {**given.get("config", {}), "font": FONT}}
    svg = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE, allowed_base_urls=[])
    digest = hashlib.sha256(f"{spec_json}{width}".encode()).hexdigest()[:8]
    svg = CLIP.sub(rf"\1\2-{digest}", svg)  # ids of two charts on a page must differ
    svg = COLOUR.sub(r'="var(--chart-\1, #\1)"', svg)
    return svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
