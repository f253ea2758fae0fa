"""The command line of the engine. Results go to standard output, progress and complaints to standard error."""

import argparse
import json
import math
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from engine import __version__
from engine.activations import ACTIVATIONS
from engine.compose import compose
from engine.datasets.generators import GENERATORS
from engine.experiment import Experiment, Stop
from engine.experiment_file import read, schema, write
from engine.family import Family
from engine.features import FEATURES
from engine.initializers import INITIALIZERS
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.regularizers import REGULARIZERS
from engine.schedules import SCHEDULES
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
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code: 0 well done, 1 a complaint in one sentence, 2 a wrong call."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.command(options))
    except (ExperimentError, _CommandError) as complaint:
        print(complaint, file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 0
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130


class _CommandError(Exception):
    """What went wrong, in one sentence."""


def _list(options: argparse.Namespace) -> int:
    if options.json:
        table = {
            family: [{"name": entry.name, "label": entry.label, "remark": entry.remark} for entry in entries]
            for family, entries in FAMILIES.items()
        }
        print(json.dumps(table, indent=2, ensure_ascii=False))
        return 0
    for family, entries in FAMILIES.items():
        print(f"{family}:")
        for entry in entries:
            print(f"  {entry.name:<22} {entry.remark}")
    return 0


def _new(options: argparse.Namespace) -> int:
    said = {name: value for name, value in vars(options).items() if value is not None}
    chosen = {name: value for name, value in said.items() if name not in ("command", "name", *_STOP)}
    conditions = {name.removeprefix("stop_"): said[name] for name in _STOP if name in said}
    for name in _SETTINGS:
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
            if name != "parameters" and value is not None:
                shown = f"{value:,.6g}" if isinstance(value, float) else value
                print(f"{name.replace('_', ' '):<20} {shown}")
    if result["stopped"]:
        print(result["stopped"], file=sys.stderr)
        return 1
    return 0


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


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _sizes(text: str) -> tuple[int, ...]:
    try:
        return () if text.strip().lower() in ("", "none") else tuple(int(size) for size in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected whole numbers such as 8,8, or none, not {text!r}") from None


def _setting(text: str) -> tuple[str, float]:
    name, _, value = text.partition("=")
    try:
        return name.strip(), float(value)
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected a name and a number such as momentum=0.9, not {text!r}") from None


def _positive(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = -1
    if number < 0:
        raise argparse.ArgumentTypeError(f"expected a whole number of at least 0, not {text!r}")
    return number


# Options of “new” that collect settings, and those that are conditions to stop.
_SETTINGS = ("settings", "loss_settings", "schedule_settings", "initializer_settings")
_STOP = tuple(f"stop_{name}" for name in ("epochs", "loss", "metric", "plateau", "seconds", "patience"))
_CHOICES: tuple[tuple[str, Callable[[str], Any], str], ...] = (
    ("--task", str, f"what is asked for: {', '.join(TASKS.names)}; follows from the data set unless said"),
    ("--data", str, f"data set: {', '.join(GENERATORS.names)}"),
    ("--samples", int, "number of samples"),
    ("--classes", int, "number of classes, where the data set can have several"),
    ("--noise", float, "how far points are moved: a standard deviation in plane units"),
    ("--train-share", float, "share of the samples that is trained on"),
    ("--soft", str, "how soft targets are made: smoothing or distance"),
    ("--softness", float, "how soft they are, from 0 to 1"),
    ("--features", _names, f"inputs, with commas: {', '.join(FEATURES.names)}"),
    ("--hidden", _sizes, "units of the hidden layers, with commas: 8,8; none for no hidden layer"),
    ("--activation", str, f"of the hidden layers: {', '.join(ACTIVATIONS.names)}"),
    ("--alpha", float, "the α of the hidden layers' activation, where it has one"),
    ("--dropout", float, "share of the hidden units that each step leaves out"),
    ("--output", str, "activation of the output layer; follows from the loss unless said"),
    ("--outputs", int, "dimensions of an embedding: 1 to 3"),
    ("--initializer", str, f"initial weights: {', '.join(INITIALIZERS.names)}"),
    ("--loss", str, f"loss: {', '.join(LOSSES.names)}"),
    ("--optimizer", str, f"optimizer: {', '.join(OPTIMIZERS.names)}"),
    ("--learning-rate", float, "η; follows from the optimizer unless said"),
    ("--schedule", str, f"how η changes: {', '.join(SCHEDULES.names)}"),
    ("--batch-size", int, "samples a step"),
    ("--l1", float, "rate of the penalty on |w|"),
    ("--l2", float, "rate of the penalty on w²"),
    ("--max-norm", float, "largest length of a unit's incoming weights"),
    ("--clip-norm", float, "largest length of the gradient"),
    ("--clip-value", float, "largest size of each number of the gradient"),
    ("--jitter", float, "how far training points are moved every time they are seen"),
    ("--sampling", str, "which pairs and triplets are drawn: random or hard"),
    ("--stop-epochs", int, "stop after so many epochs"),
    ("--stop-loss", float, "stop at this train loss"),
    ("--stop-metric", float, "stop at this accuracy, R² …"),
    ("--stop-plateau", int, "stop when the train loss has not improved for so many epochs"),
    ("--stop-seconds", float, "stop after so many seconds of training"),
    ("--stop-patience", int, "early stopping: stop when the test loss has not improved for so many epochs"),
    ("--seed", int, "draws the initial weights and the order of the samples, and the data"),
    ("--data-seed", int, "draws the data, if not the same"),
)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m engine", description="Train small neural networks without a window.", allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"Descent {__version__}")
    commands = parser.add_subparsers(dest="name", required=True, metavar="list|new|train|bench|schema")

    command = commands.add_parser("list", help="print the names of everything that can be chosen")
    command.add_argument("--json", action="store_true", help="print one JSON object")
    command.set_defaults(command=_list)

    command = commands.add_parser("new", help="print an experiment", allow_abbrev=False)
    command.set_defaults(command=_new)
    for option, kind, text in _CHOICES:
        command.add_argument(option, type=kind, help=text)
    for option, dest, text in (
        ("--set", "settings", "a setting of the optimizer, such as momentum=0.9"),
        ("--loss-set", "loss_settings", "a setting of the loss, such as delta=0.5"),
        ("--schedule-set", "schedule_settings", "a setting of the schedule, such as every=20"),
        ("--initializer-set", "initializer_settings", "a setting of the initializer, such as value=0.1"),
    ):
        command.add_argument(
            option, dest=dest, action="append", type=_setting, default=[], metavar="NAME=VALUE", help=text
        )

    command = commands.add_parser("train", help="train an experiment and print how well it does")
    command.add_argument("file", help="the experiment (JSON), or - for standard input")
    command.add_argument("--epochs", type=_positive, default=100, help="how many passes over the training set (100)")
    command.add_argument("--json", action="store_true", help="print one JSON object, with the parameters")
    command.set_defaults(command=_train)

    command = commands.add_parser("bench", help="time the standard workloads against other libraries")
    command.add_argument("--seconds", type=float, default=0.5, help="how long each is timed, three times over (0.5)")
    command.add_argument("--json", action="store_true", help="print the numbers as JSON, too")
    command.set_defaults(command=_bench)

    commands.add_parser("schema", help="print the JSON schema of an experiment").set_defaults(command=_schema)
    return parser
