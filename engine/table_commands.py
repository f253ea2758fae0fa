"""Tables without a window: an experiment of a table, and the points of an experiment as a table."""

import argparse
import sys
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import msgspec

from engine.atomic_write import write_atomically
from engine.datasets.resolve import resolve
from engine.datasets.tables import (
    FORMATS,
    MISSING,
    NORMALIZATIONS,
    Imported,
    TableError,
    read_table,
    suggest,
    to_points,
    written,
)
from engine.experiment import Experiment
from engine.tasks import TASKS
from engine.validation import canonical

_OPTIONS = ("csv", "inputs", "target", "missing", "normalize")
# What a table decides by itself.
_DECIDED = {
    "data": "--data", "samples": "--samples", "classes": "--classes", "data_settings": "--data-set",
    "balance": "--balance",
}  # fmt: skip

# Whoever says one of these wants another split than the one that a table may tell.
_SPLIT = ("train_share", "stratified", "split_seed")


def add_table_options(parser: argparse.ArgumentParser) -> None:
    """Let “new” take its data from a table."""
    group = parser.add_argument_group("data of a table")
    group.add_argument(
        "--csv",
        metavar="FILE",
        help="a table in place of a data set: CSV, TSV, JSON, .npy or .npz; - for standard input",
    )
    group.add_argument(
        "--inputs", type=_names, help="columns that are inputs, with commas; more than two are projected"
    )
    group.add_argument("--target", help="the column to learn")
    group.add_argument(
        "--missing", choices=[name for name, *_ in MISSING], help="what becomes of empty cells: left out, or the mean"
    )
    group.add_argument(
        "--normalize", choices=[name for name, *_ in NORMALIZATIONS], help="how inputs come to lie in the plane"
    )


def add_data_options(parser: argparse.ArgumentParser) -> None:
    """Let “data” be told which experiment's points to write, and where."""
    parser.add_argument("file", help="the experiment (JSON), or - for standard input")
    where = parser.add_mutually_exclusive_group(required=True)
    for form in FORMATS:
        where.add_argument(
            f"--{form}", metavar="OUT", help=f"write {form.upper()} to this file, or - for standard output"
        )


def taken_from_table(chosen: MutableMapping[str, Any]) -> dict[str, Any]:
    """Take the options of a table out of ``chosen``; return what the table decides: points, task and classes.

    What was done with the table is said on standard error.

    Raises:
        TableError: the table cannot be read or used, or there are options that do not go with one.
    """
    said = {name: chosen.pop(name) for name in _OPTIONS if name in chosen}
    if "csv" not in said:
        if said:
            raise TableError(f"--{next(iter(said))} is about a table: name one with --csv.")
        return {}
    unfit = next((option for name, option in _DECIDED.items() if chosen.get(name) not in (None, [])), None)
    if unfit:
        raise TableError(f"{unfit} does not go with --csv: the table decides it.")
    try:
        imported = _imported(said, chosen.get("task"))
    except TableError as error:
        raise TableError(f"{said['csv']}: {error}") from None
    for remark in imported.remarks:
        print(remark, file=sys.stderr)
    decided: dict[str, Any] = {"points": imported.points, "task": imported.task, "classes": imported.classes}
    if any(chosen.get(name) is not None for name in _SPLIT):
        decided["points"] = msgspec.structs.replace(imported.points, is_train=None)
    elif imported.train_share is not None:
        decided["train_share"] = imported.train_share
    return decided


def _imported(said: dict[str, Any], task: str | None) -> Imported:
    table = read_table(sys.stdin.buffer.read() if said["csv"] == "-" else Path(said["csv"]))
    choice = suggest(table, inputs=said.get("inputs", ()), target=said.get("target", ""))
    choice = msgspec.structs.replace(
        choice,
        task=canonical("task", task, TASKS) if task else choice.task,
        missing=said.get("missing", choice.missing),
        normalization=said.get("normalize", choice.normalization),
    )
    return to_points(table, choice)


def write_data(options: argparse.Namespace, experiment: Experiment) -> int:
    """Write the points of ``experiment`` as a table and return the exit code.

    Raises:
        TableError: the file cannot be written.
    """
    form = next(form for form in FORMATS if getattr(options, form) is not None)
    dataset = resolve(experiment.data)
    contents = written(experiment.data, dataset, form)
    out = getattr(options, form)
    if out == "-":
        sys.stdout.buffer.write(contents)
        sys.stdout.buffer.flush()
        return 0
    try:
        write_atomically(Path(out), [contents])
    except OSError as error:
        raise TableError(f"Cannot write {out}: {error.strerror or error}.") from None
    print(f"{len(dataset):,} points written to {out}.", file=sys.stderr)
    return 0


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())
