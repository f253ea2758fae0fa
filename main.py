"""Descent: a playground for small neural networks. Reads the command line and opens the window."""

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from app import application
from engine import __version__

LARGEST_SIDE = 8192


def _size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{1,4})[x×](\d{1,4})", text)
    if match is None or not all(1 <= int(side) <= LARGEST_SIDE for side in match.groups()):
        raise argparse.ArgumentTypeError(f"“{text}” must be a width and a height such as 1280x800")
    return int(match[1]), int(match[2])


def _epochs(text: str) -> int:
    if not text.isdigit() or int(text) > 10_000_000:
        raise argparse.ArgumentTypeError(f"“{text}” must be a whole number from 0 to 10000000")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="descent", description="Draw a data set in the plane and watch a small neural network learn it."
    )
    parser.add_argument("file", metavar="FILE", nargs="?", type=Path, help="the experiment to open")
    parser.add_argument("--version", action="version", version=f"Descent {__version__}")
    parser.add_argument("--theme", choices=("light", "dark"), help="show the window light or dark")
    picture = parser.add_argument_group("a picture instead of a window")
    picture.add_argument("--screenshot", metavar="OUT.png", type=Path, help="save a picture of the window and exit")
    picture.add_argument("--epochs", metavar="N", type=_epochs, default=0, help="train N epochs before (default: 0)")
    picture.add_argument(
        "--size", metavar="WxH", type=_size, default=(1280, 800), help="of the window (default: 1280x800)"
    )
    picture.add_argument(
        "--walk", metavar="N", type=_epochs, help="take the next iteration apart, and walk N units into it"
    )
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run Descent with ``arguments`` (those of the process unless given) and return the exit code."""
    chosen = _parser().parse_args(arguments)
    return application.run(
        application.Options(
            file=chosen.file,
            screenshot=chosen.screenshot,
            epochs=chosen.epochs,
            size=chosen.size,
            theme=chosen.theme,
            walk=chosen.walk,
        )
    )


if __name__ == "__main__":
    sys.exit(main())
