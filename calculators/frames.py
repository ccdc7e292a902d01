"""Frames: a pandas frame of inputs in, a frame of results out; for one machine or for many.

On one machine `batch` reads and writes files. Past one machine, any engine that applies a function
to pandas partitions can run this one; each partition is calculated by the same code:

    dask      ddf.map_partitions(frames.calculate, "token-cost", meta=frames.meta("token-cost"))
    Ray       dataset.map_batches(frames.calculate, fn_args=["token-cost"], batch_format="pandas")
    Spark     sdf.mapInPandas(lambda parts: (frames.calculate(part, "token-cost") for part in parts), schema)

Needs pandas: `pip install "genai-cost-calculators[frames]"`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from calculators import rows
from calculators.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pandas as pd

DTYPES = {float: "float64", bool: "boolean", str: "object"}


def calculate(frame: pd.DataFrame, name: str, prices: str | None = None) -> pd.DataFrame:
    """Return one result row for each input row, under the same index.

    A missing value means the default. A row that can't be used has its problem in `problem`, and
    no number.
    """
    import pandas as pd  # noqa: PLC0415 - an extra

    answers = [_cells(name, given, prices) for given in _rows(frame)]
    found = pd.DataFrame.from_records(answers, columns=list(rows.columns(name)), index=frame.index)
    return found.astype(_dtypes(name))


def meta(name: str) -> pd.DataFrame:
    """Return an empty frame with the columns of `calculate`, as Dask asks for one."""
    import pandas as pd  # noqa: PLC0415 - an extra

    return pd.DataFrame(columns=list(rows.columns(name))).astype(_dtypes(name))


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    records = frame.astype(object).where(frame.notna(), None).to_dict("records")
    return [{str(key): value for key, value in each.items() if value is not None} for each in records]


def _cells(name: str, given: Mapping[str, Any], prices: str | None) -> dict[str, rows.Cell]:
    try:
        return rows.calculate(name, given, prices, text=True).cells()
    except InputError as error:
        return rows.refused(error)


def _dtypes(name: str) -> dict[str, str]:
    return {each: DTYPES[rows.kinds(name)[each]] for each in rows.columns(name)}
