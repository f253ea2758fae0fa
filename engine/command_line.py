"""The command line of the engine. Results go to standard output, progress and complaints to standard error."""

import argparse
import json
import math
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from engine.activations import ACTIVATIONS
from engine.command_options import SETTINGS, STOP, Command, parse
from engine.compose import compose
from engine.datasets.generators import GENERATORS
from engine.datasets.tables import TableError
from engine.examples import EXAMPLES
from engine.experiment import Experiment, Stop
from engine.experiment_file import read, schema, write
from engine.family import Family, UnknownNameError
from engine.features import FEATURES
from engine.initializers import INITIALIZERS
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.regularizers import REGULARIZERS
from engine.schedules import SCHEDULES
from engine.settings import Setting
from engine.table_commands import taken_from_table, write_data
from engine.tasks import TASKS
from engine.validation import ExperimentError

FAMILIES: dict[str, Family[Any]] = {
    "tasks": TASKS,
    "data": GENERATORS,
    "features": FEATURES,
    "activations": ACTIVATIONS,
    "losses": LOSSES,
    "optimizers": OPTIMIZERS,
    "schedules": SCHEDULES,
    "initializers": INITIALIZERS,
    "regularizers": REGULARIZERS,
    "examples": EXAMPLES,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 well done, 1 a complaint in one sentence, 2 a wrong call."""
    options = parse(COMMANDS, arguments)
    try:
        return int(options.command(options))
    except (ExperimentError, TableError, _CommandError) as complaint:
        print(complaint, file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130


# What “list” tells of an entry and of its settings; only examples have a group.
_LISTED = ("name", "label", "group", "remark")
_LISTED_OF_SETTING = ("name", "label", "default", "low", "high", "remark")


class _CommandError(Exception):
    """What went wrong, in one sentence."""


def _list(options: argparse.Namespace) -> int:
    if options.json:
        table = {
            family: [
                {key: getattr(entry, key) for key in _LISTED if hasattr(entry, key)}
                | {"settings": [{key: getattr(one, key) for key in _LISTED_OF_SETTING} for one in _settings(entry)]}
                for entry in entries
            ]
            for family, entries in FAMILIES.items()
        }
        print(json.dumps(table, indent=2, ensure_ascii=False))
        return 0
    for family, entries in FAMILIES.items():
        print(f"{family}:")
        for entry in entries:
            print(f"  {entry.name:<22} {entry.remark}")
            for one in _settings(entry):
                amount = f"{one.name}={one.default:g}"
                print(f"    {amount:<20} {one.remark} From {one.low:g} to {one.high:g}.")
    return 0


def _settings(entry: Any) -> tuple[Setting, ...]:
    """Return the settings of an entry of any family; not all of them have some."""
    settings: tuple[Setting, ...] = getattr(entry, "settings", ())
    return settings


def _new(options: argparse.Namespace) -> int:
    if options.example is not None:
        try:
            print(write(EXAMPLES[options.example].make()))
        except UnknownNameError as error:
            raise _CommandError(str(error)) from None
        return 0
    said = {name: value for name, value in vars(options).items() if value is not None}
    chosen = {name: value for name, value in said.items() if name not in ("command", "name", "example", *STOP)}
    chosen |= taken_from_table(chosen)
    conditions = {name.removeprefix("stop_"): said[name] for name in STOP if name in said}
    for name in SETTINGS:
        chosen[name] = dict(chosen[name])
    print(write(compose(**chosen, stop=Stop(**conditions))))
    return 0


def _schema(options: argparse.Namespace) -> int:
    print(json.dumps(schema(), indent=2))
    return 0


def _train(options: argparse.Namespace) -> int:
    from engine.training_report import train  # compiling Numba's decorators takes a while: only where it is needed

    result = train(_read(options.file), options.epochs, show_progress=not options.json)
    if options.json:
        print(json.dumps(_finite(result)))
    else:
        for name, value in result.items():
            # Not a number is what there is nothing to measure on: a test loss without test samples.
            if name != "parameters" and value is not None and value == value:
                shown = f"{value:,.6g}" if isinstance(value, float) else value
                print(f"{name.replace('_', ' '):<20} {shown}")
    if result["stopped"]:
        print(result["stopped"], file=sys.stderr)
        return 1
    return 0


def _trace(options: argparse.Namespace) -> int:
    from engine.trace.json_report import as_json
    from engine.trace.text_report import as_text
    from engine.trainer import Trainer
    from engine.training_report import NO_SAMPLES

    trainer = Trainer(_read(options.file))
    trainer.run(math.inf, steps=options.steps)
    trace = trainer.trace()
    if trace is None:
        raise _CommandError(NO_SAMPLES)
    if trainer.step < options.steps:
        ended = trainer.divergence or trainer.stopped
        raise _CommandError(ended.message if ended else f"Training has ended after {trainer.step:,} steps.")
    print(json.dumps(as_json(trace), ensure_ascii=False) if options.json else as_text(trace))
    return 0


def _data(options: argparse.Namespace) -> int:
    return write_data(options, _read(options.file))


def _bench(options: argparse.Namespace) -> int:
    from engine.benchmark import report  # imports Numba, and PyTorch, JAX and scikit-learn where they are installed
    from engine.family_benchmark import report as report_families

    rows = report(seconds=options.seconds)
    costs = report_families(seconds=0.2 * options.seconds)
    if options.json:
        print(json.dumps({"workloads": rows, "costs": costs}))
    return 0


def _read(name: str) -> Experiment:
    try:
        text = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise _CommandError(f"Cannot read {name}: {error.strerror or error}.") from None
    return read(text)


def _finite(value: Any) -> Any:
    """Return ``value`` with None for every number that JSON has no text for."""
    if isinstance(value, dict):
        return {key: _finite(inner) for key, inner in value.items()}
    return None if isinstance(value, float) and not math.isfinite(value) else value


COMMANDS: Mapping[str, Command] = {
    "list": _list,
    "new": _new,
    "train": _train,
    "trace": _trace,
    "data": _data,
    "bench": _bench,
    "schema": _schema,
}
