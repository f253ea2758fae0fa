"""The options of the command line: which commands there are, what each can be told, and how texts become values."""

import argparse
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from engine import __version__
from engine.activations import ACTIVATIONS
from engine.datasets.generators import GENERATORS
from engine.examples import EXAMPLES
from engine.features import FEATURES
from engine.initializers import INITIALIZERS
from engine.losses import LOSSES
from engine.optimizers import OPTIMIZERS
from engine.schedules import SCHEDULES
from engine.table_commands import add_data_options, add_table_options
from engine.tasks import TASKS

Command = Callable[[argparse.Namespace], int]


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _sizes(text: str) -> tuple[int, ...]:
    try:
        return () if text.strip().lower() in ("", "none") else tuple(int(size) for size in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected whole numbers such as 8,8, or none, not {text!r}") from None


def _number(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected a number such as 0.03, not {text!r}") from None


def _setting(text: str) -> tuple[str, float]:
    name, _, value = text.partition("=")
    try:
        return name.strip(), float(value.replace(",", "."))
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected a name and a number such as momentum=0.9, not {text!r}") from None


def _balance(text: str) -> tuple[float, ...]:
    try:
        return tuple(float(share) for share in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"expected numbers such as 70,30, not {text!r}") from None


def _count(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = -1
    if number < 0:
        raise argparse.ArgumentTypeError(f"expected a whole number of at least 0, not {text!r}")
    return number


# Options of “new” that collect settings, and those that are conditions to stop.
SETTINGS = ("settings", "data_settings", "loss_settings", "schedule_settings", "initializer_settings")
STOP = tuple(f"stop_{name}" for name in ("epochs", "loss", "metric", "plateau", "seconds", "patience"))
_CHOICES: tuple[tuple[str, Callable[[str], Any], str], ...] = (
    ("--task", str, f"what is asked for: {', '.join(TASKS.names)}; follows from the data set unless said"),
    ("--data", str, f"data set: {', '.join(GENERATORS.names)}"),
    ("--samples", int, "number of samples"),
    ("--classes", int, "number of classes, where the data set can have several"),
    ("--noise", _number, "how far points are moved: a standard deviation in plane units"),
    ("--balance", _balance, "samples of each class in proportion to the others, with commas: 70,30"),
    ("--label-noise", _number, "share of the training samples that get another class than their own"),
    ("--train-share", _number, "share of the samples that is trained on"),
    ("--split-seed", int, "draws another split of the same samples; 0 is the first"),
    ("--folds", int, "into how many parts the samples are divided for --fold (5)"),
    ("--fold", int, "the part that is the test, from 1; 0 for a split by the train share"),
    ("--soft", str, "how soft targets are made: smoothing or distance"),
    ("--softness", _number, "how soft they are, from 0 to 1"),
    ("--features", _names, f"inputs, with commas: {', '.join(FEATURES.names)}"),
    ("--hidden", _sizes, "units of the hidden layers, with commas: 8,8; none for no hidden layer"),
    ("--activation", str, f"of the hidden layers: {', '.join(ACTIVATIONS.names)}"),
    ("--alpha", _number, "the α of the hidden layers' activation, where it has one"),
    ("--dropout", _number, "share of the hidden units that each step leaves out"),
    ("--output", str, "activation of the output layer; follows from the loss unless said"),
    ("--outputs", int, "dimensions of an embedding: 1 to 3"),
    ("--initializer", str, f"initial weights: {', '.join(INITIALIZERS.names)}"),
    ("--loss", str, f"loss: {', '.join(LOSSES.names)}"),
    ("--optimizer", str, f"optimizer: {', '.join(OPTIMIZERS.names)}"),
    ("--learning-rate", _number, "η; follows from the optimizer unless said"),
    ("--schedule", str, f"how η changes: {', '.join(SCHEDULES.names)}"),
    ("--batch-size", int, "samples a step"),
    ("--l1", _number, "rate of the penalty on |w|"),
    ("--l2", _number, "rate of the penalty on w²"),
    ("--max-norm", _number, "largest length of a unit's incoming weights"),
    ("--clip-norm", _number, "largest length of the gradient"),
    ("--clip-value", _number, "largest size of each number of the gradient"),
    ("--jitter", _number, "how far training points are moved every time they are seen"),
    ("--sampling", str, "which pairs and triplets are drawn: random or hard"),
    ("--stop-epochs", int, "stop after so many epochs"),
    ("--stop-loss", _number, "stop at this train loss"),
    ("--stop-metric", _number, "stop at this accuracy, R² …"),
    ("--stop-plateau", int, "stop when the train loss has not improved for so many epochs"),
    ("--stop-seconds", _number, "stop after so many seconds of training"),
    ("--stop-patience", int, "early stopping: stop when the test loss has not improved for so many epochs"),
    ("--seed", int, "draws the initial weights and the order of the samples, and the data"),
    ("--data-seed", int, "draws the data, if not the same"),
)


def parse(commands: Mapping[str, Command], arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Return what ``arguments`` (those of the program unless given) ask for; ``command`` is one of ``commands``.

    A wrong call is explained on standard error and ends the program with exit code 2.
    """
    parser = _parser(commands)
    options = parser.parse_args(arguments)
    said = {name for name, value in vars(options).items() if value not in (None, [])}
    if options.name == "new" and options.example is not None and said - {"name", "command", "example"}:
        parser.error("--example names a whole experiment and cannot be combined with other options")
    return options


def _parser(commands: Mapping[str, Command]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m engine", description="Train small neural networks without a window.", allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"Descent {__version__}")
    places = parser.add_subparsers(dest="name", required=True, metavar="|".join(commands))

    command = places.add_parser("list", help="print the names of everything that can be chosen")
    command.add_argument("--json", action="store_true", help="print one JSON object")
    command.set_defaults(command=commands["list"])

    command = places.add_parser("new", help="print an experiment", allow_abbrev=False)
    command.set_defaults(command=commands["new"])
    command.add_argument("--example", help=f"a worked example, as it is: {', '.join(EXAMPLES.names)}")
    for option, kind, text in _CHOICES:
        command.add_argument(option, type=kind, help=text)
    command.add_argument(
        "--stratified",
        action=argparse.BooleanOptionalAction,
        help="whether every class has the same share of training samples (yes, unless said)",
    )
    add_table_options(command)
    for option, dest, text in (
        ("--data-set", "data_settings", "a setting of the data set, such as turns=2; “list” names them"),
        ("--set", "settings", "a setting of the optimizer, such as momentum=0.9"),
        ("--loss-set", "loss_settings", "a setting of the loss, such as delta=0.5"),
        ("--schedule-set", "schedule_settings", "a setting of the schedule, such as every=20"),
        ("--initializer-set", "initializer_settings", "a setting of the initializer, such as value=0.1"),
    ):
        command.add_argument(
            option, dest=dest, action="append", type=_setting, default=[], metavar="NAME=VALUE", help=text
        )

    command = places.add_parser("train", help="train an experiment and print how well it does")
    command.add_argument("file", help="the experiment (JSON), or - for standard input")
    command.add_argument("--epochs", type=_count, default=100, help="how many passes over the training set (100)")
    command.add_argument("--json", action="store_true", help="print one JSON object, with the parameters")
    command.set_defaults(command=commands["train"])

    command = places.add_parser("trace", help="take one iteration of training apart and print all its numbers")
    command.add_argument("file", help="the experiment (JSON), or - for standard input")
    command.add_argument("--steps", type=_count, default=0, help="how many steps are made before it (0)")
    command.add_argument("--json", action="store_true", help="print one JSON object with everything")
    command.set_defaults(command=commands["trace"])

    command = places.add_parser("data", help="write the points of an experiment as a table")
    add_data_options(command)
    command.set_defaults(command=commands["data"])

    command = places.add_parser("bench", help="time the standard workloads against other libraries")
    command.add_argument("--seconds", type=_number, default=0.5, help="how long each is timed, three times over (0.5)")
    command.add_argument("--json", action="store_true", help="print the numbers as JSON, too")
    command.set_defaults(command=commands["bench"])

    command = places.add_parser("schema", help="print the JSON schema of an experiment")
    command.set_defaults(command=commands["schema"])
    return parser
