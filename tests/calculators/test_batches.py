"""Batch and frames: the digits of a single run, whatever the file, the number of cores or the engine."""

from __future__ import annotations

import csv
import io
import json
import math
import os
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

import calculators
from calculators import InputError, batch_files, batches, rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.native

MODELS = ("anthropic.claude-sonnet-5", "anthropic.claude-sonnet-4-6", "anthropic.claude-haiku-5-5")


def given(number: int) -> dict[str, Any]:
    """Return the inputs of a row; every 97th has one that can't be used."""
    return {
        "model_id": MODELS[number % 3],
        "requests_per_month": -1 if number % 97 == 96 else 1_000 + number,
        "input_tokens_per_request": 1_500 + number % 4_001,
        "output_tokens_per_request": number % 1_999,
        "cache_hit_ratio": (number % 101) / 101,
    }


def write_csv(path: Path, count: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, given(0))
        writer.writeheader()
        writer.writerows(map(given, range(count)))


def write_jsonl(path: Path, count: int) -> None:
    path.write_text("".join(json.dumps(given(number)) + "\n" for number in range(count)), "utf-8")


def write_parquet(path: Path, count: int) -> None:
    import pyarrow as pa  # noqa: PLC0415 - not inside Pyodide
    from pyarrow import parquet  # noqa: PLC0415 - the same

    parquet.write_table(pa.Table.from_pylist(list(map(given, range(count)))), path)


WRITE: dict[str, Callable[[Path, int], None]] = {".csv": write_csv, ".jsonl": write_jsonl, ".parquet": write_parquet}


def read(path: Path) -> list[dict[str, Any]]:
    """Return each row's line, month and problem."""
    if path.suffix == ".jsonl":
        found = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        return [{"month": each.get("outputs", {}).get("usd_per_month"), "bad": "errors" in each} for each in found]
    if path.suffix == ".csv":
        table: list[dict[str, Any]] = list(csv.DictReader(path.read_text("utf-8").splitlines()))
    else:
        from pyarrow import parquet  # noqa: PLC0415 - not inside Pyodide

        table = parquet.read_table(path).to_pylist()
    return [{"month": float(row["usd_per_month"] or "nan"), "bad": bool(row["problem"])} for row in table]


@pytest.mark.parametrize("source", batch_files.ENDINGS)
@pytest.mark.parametrize("target", batch_files.ENDINGS)
def test_each_row_has_the_digits_of_a_single_run(source: str, target: str, tmp_path: Path) -> None:
    count = 200
    WRITE[source](tmp_path / f"rows{source}", count)
    progress = batches.run("token-cost", tmp_path / f"rows{source}", tmp_path / f"results{target}")
    found = read(tmp_path / f"results{target}")
    assert (progress.done, progress.refused, len(found)) == (count, 2, count)
    for number, row in enumerate(found):
        assert row["bad"] is (number % 97 == 96)
        if not row["bad"]:
            assert row["month"] == calculators.run("token-cost", given(number))["outputs"]["usd_per_month"]


def test_cores_change_nothing_and_rows_keep_their_order(tmp_path: Path) -> None:
    count = 2 * batch_files.ROWS_IN_A_CHUNK + 500
    write_csv(tmp_path / "rows.csv", count)
    for cores in (1, 2):
        batches.run("token-cost", tmp_path / "rows.csv", tmp_path / f"by-{cores}.csv", cores=cores)
    assert (tmp_path / "by-1.csv").read_bytes() == (tmp_path / "by-2.csv").read_bytes()
    lines = [int(row["line"]) for row in csv.DictReader((tmp_path / "by-2.csv").read_text("utf-8").splitlines())]
    assert lines == list(range(2, count + 2))


@pytest.mark.parametrize(("source", "line"), [(".csv", "98"), (".jsonl", "97"), (".parquet", "97")])
def test_refused_rows_are_listed_beside_with_line_field_and_reason(source: str, line: str, tmp_path: Path) -> None:
    """In CSV the head is line 1."""
    WRITE[source](tmp_path / f"rows{source}", 100)
    batches.run("token-cost", tmp_path / f"rows{source}", tmp_path / "results.csv")
    listed = list(csv.reader((tmp_path / "results.problems.csv").read_text("utf-8").splitlines()))
    assert listed[0] == ["line", "field", "problem"]
    assert [each[:2] for each in listed[1:]] == [[line, "requests_per_month"]]
    assert "enter a whole number" in listed[1][2]

    write_csv(tmp_path / "rows.csv", 10)
    batches.run("token-cost", tmp_path / "rows.csv", tmp_path / "results.csv")
    assert not (tmp_path / "results.problems.csv").exists()


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """Never more chunks are read ahead than are under way."""
    write_csv(tmp_path / "rows.csv", 12 * batch_files.ROWS_IN_A_CHUNK)
    read_ahead, most, done = 0, 0, 0

    def chunks() -> Any:
        nonlocal read_ahead, most
        for chunk in batch_files.chunks(tmp_path / "rows.csv"):
            read_ahead += 1
            most = max(most, read_ahead - done)
            yield chunk

    task = batches.Task("token-cost", None, is_text=True, kind=".csv")
    for _ in batches._answered(task, chunks(), 2):
        done += 1
    assert done == 12
    assert most <= 2 * batches.CHUNKS_UNDER_WAY + 1


@pytest.mark.parametrize("name", calculators.names())
def test_a_quiet_row_is_the_single_run_for_every_calculator(name: str) -> None:
    answered = rows.calculate(name, {})
    single = calculators.run(name)
    assert answered.outputs()["outputs"] == single["outputs"]
    assert (answered.result.steps, answered.result.charts) == ((), ())
    assert set(rows.kinds(name)) == set(rows.columns(name))


def test_a_file_that_is_no_parquet_is_refused(tmp_path: Path) -> None:
    (tmp_path / "rows.parquet").write_text("no")
    with pytest.raises(InputError, match="inputs: can't read"):
        batches.run("token-cost", tmp_path / "rows.parquet", tmp_path / "results.csv")


def total(values: Any) -> float:
    return math.fsum(each for each in values if not math.isnan(each))


def test_a_frame_has_the_digits_of_single_runs() -> None:
    import pandas as pd  # noqa: PLC0415 - not inside Pyodide

    from calculators import frames  # noqa: PLC0415 - the same

    frame = pd.DataFrame([given(number) for number in range(120)], index=range(7, 127))
    found = frames.calculate(frame, "token-cost")
    assert list(found.index) == list(frame.index)
    assert found.dtypes.equals(frames.meta("token-cost").dtypes)
    for number, (month, problem) in enumerate(zip(found["usd_per_month"], found["problem"], strict=True)):
        if number % 97 == 96:
            assert "requests_per_month" in problem
        else:
            assert month == calculators.run("token-cost", given(number))["outputs"]["usd_per_month"]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:Sending large graph")  # a million rows are one frame here, on purpose
def test_rows_on_a_cluster_give_the_totals_of_one_process(tmp_path: Path) -> None:
    """On Dask, with two worker processes; `make million` runs it with a million rows."""
    import dask.dataframe as dd  # noqa: PLC0415 - not inside Pyodide
    import pandas as pd  # noqa: PLC0415 - the same
    from distributed import Client, LocalCluster  # noqa: PLC0415 - the same

    from calculators import frames  # noqa: PLC0415 - the same

    count = int(os.environ.get("CLUSTER_ROWS", "20000"))
    frame = pd.DataFrame([given(number) for number in range(count)])
    options = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None, "local_directory": str(tmp_path)}
    with (
        LocalCluster(**options) as cluster,  # type: ignore[no-untyped-call]
        Client(cluster),  # type: ignore[no-untyped-call]
    ):
        parts = dd.from_pandas(frame, npartitions=40)  # type: ignore[no-untyped-call]
        spread = parts.map_partitions(frames.calculate, "token-cost", meta=frames.meta("token-cost"))
        found = spread[["usd_per_month", "problem"]].compute()
    single = frames.calculate(frame, "token-cost")
    assert len(found) == count
    assert total(found["usd_per_month"]) == total(single["usd_per_month"])
    assert found["problem"].notna().sum() == single["problem"].notna().sum() == count // 97


def test_the_speed_told_is_rows_by_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    """20 rows in the first 4 seconds are 5 a second; half a second without news first."""
    clock = iter([102.0, 102.25, 104.0])
    monkeypatch.setattr(batches, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    terminal = io.StringIO()
    progress = batches.Progress(terminal, started=100.0, told=101.9)
    for count in (5, 5, 10):
        progress.count([(1, [], None)] * count)  # type: ignore[list-item] # the rows themselves are not looked at
    assert terminal.getvalue() == "\r  20 rows, 5 a second"


def test_the_line_of_news_is_cleared_at_the_end_where_there_was_one() -> None:
    """Nothing is told where nobody watches, and nothing is cleared where nothing was told."""
    terminal = io.StringIO()
    batches.Progress(terminal).end()
    batches.Progress(None, told=1.0).end()
    assert terminal.getvalue() == ""
    progress = batches.Progress(terminal, started=0.0, told=-10.0)
    progress.count([(1, (), None)] * 123_456)
    news = terminal.getvalue()
    progress.end()
    cleared = terminal.getvalue().removeprefix(news).split("\r")
    assert [cleared[0], cleared[2]] == ["", ""]
    assert not cleared[1].strip()
    assert len(cleared[1]) >= len(news.removeprefix("\r"))
    batches.Progress(None, told=-10.0).count([(1, (), None)])


@pytest.mark.parametrize("name", calculators.names())
def test_a_row_keeps_no_steps_and_no_charts(name: str) -> None:
    """A million rows need neither."""
    answered = rows.calculate(name, {})
    assert (answered.result.steps, answered.result.charts) == ((), ())


def test_lines_are_counted_from_one_and_empty_ones_are_passed_over(tmp_path: Path) -> None:
    source = tmp_path / "rows.jsonl"
    source.write_text('{"requests_per_month": 1}\n\n{"requests_per_month": 2}\n', "utf-8")
    assert [line for chunk in batch_files.chunks(source) for line, _ in chunk] == [1, 3]
    write_parquet(tmp_path / "rows.parquet", 3)
    assert [line for chunk in batch_files.chunks(tmp_path / "rows.parquet") for line, _ in chunk] == [1, 2, 3]
    write_csv(tmp_path / "rows.csv", 2)
    assert [line for chunk in batch_files.chunks(tmp_path / "rows.csv") for line, _ in chunk] == [2, 3]
