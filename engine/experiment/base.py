"""What all parts of an experiment share."""

from collections.abc import Mapping
from typing import Annotated

import msgspec
import numpy as np
from msgspec import Meta

from engine.datasets.dataset import Array, frozen
from engine.settings import Setting
from engine.validation import ExperimentError, check_ranges

MAXIMUM_LAYERS = 8
MAXIMUM_UNITS = 32
MAXIMUM_OUTPUTS = 8
# Beyond this, squares of coordinates leave the range of floating-point numbers.
MAXIMUM_COORDINATE = 1e100

Seed = Annotated[int, Meta(ge=0, le=2**53)]


class Configuration(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=False):
    """A part of an experiment: checked when it is made, whether in code or from a file."""

    def __post_init__(self) -> None:
        check_ranges(self)


def numbers(field: str, values: object) -> Array:
    """Return ``values`` as a read-only array that nobody else can write to; ``field`` is named in complaints."""
    if isinstance(values, np.ndarray) and values.dtype == np.float64 and not values.flags.writeable:
        array = values
    else:
        try:
            array = frozen(np.array(values, dtype=np.float64, order="C"))
        except (TypeError, ValueError):
            raise ExperimentError(
                f"{field} must hold nothing but numbers, in rows of the same length.".lstrip()
            ) from None
    if not np.all(np.abs(array) <= MAXIMUM_COORDINATE):
        raise ExperimentError(f"{field} must hold finite numbers of at most {MAXIMUM_COORDINATE:g}.".lstrip())
    return array


def check_settings(field: str, owner: str, settings: tuple[Setting, ...], chosen: Mapping[str, float]) -> None:
    """Raise ExperimentError for the first of the ``chosen`` values that ``owner`` does not have or cannot take."""
    known = {setting.name: setting for setting in settings}
    for name, value in chosen.items():
        if name not in known:
            raise ExperimentError(f"{field}: {owner} has no “{name}”; it has {', '.join(known) or 'none'}.")
        problem = known[name].problem(value)
        if problem:
            raise ExperimentError(f"{name} {problem}.")
