"""What kernels are called with: named groups of arrays and numbers."""

from typing import Any, NamedTuple


class Net(NamedTuple):
    """A network: ``layers`` (layers, COLUMNS) of integers and ``options`` (layers, OPTIONS), see ``plan.py``.

    ``drop`` is the address of what silences units.
    """

    layers: Any
    options: Any
    drop: Any


class Scratch(NamedTuple):
    """Working space; nothing in it outlives a call.

    z, a, delta, kept: flat, one lane value for each unit of each member of a group; kept: what dropout multiplied
    with. gradient: (size,). chunk: (CHUNK, rows, lanes); live: (CHUNK,). previous: (size,): the parameters before the
    last step. random: (1,).
    """

    z: Any
    a: Any
    delta: Any
    kept: Any
    gradient: Any
    chunk: Any
    live: Any
    previous: Any
    random: Any


class Samples(NamedTuple):
    """What is trained on, n samples; columns padded to whole lane values.

    inputs: (features, n); wanted: (rows, n); points: (2, n) and features: codes (features,), for jitter.
    order: (n,), filled. partners: (2, n): the second and third member of each sample's group, filled where groups
    are drawn anew. labels: (n,): class or score. by_class: (n,): samples sorted by class; starts: where each class
    begins there, one more at the end; place: (n,): where each sample lies there. embedded: (outputs, n), scratch.
    """

    inputs: Any
    wanted: Any
    points: Any
    features: Any
    order: Any
    partners: Any
    labels: Any
    by_class: Any
    starts: Any
    place: Any
    embedded: Any


class LossRule(NamedTuple):
    """A loss: addresses of its slope and value, its setting, and whether both are computed from logits."""

    slope: Any
    value: Any
    setting: Any
    from_logits: Any


class Rule(NamedTuple):
    """How a step is made: addresses of formulas, and their settings as numbers and tuples of numbers.

    ``update`` is the optimizer, or the formula that first prepares the gradient as ``preparation`` says. ``schedule`` 0
    means a constant learning rate; max_norm and jitter are off at 0.
    """

    loss: LossRule
    update: Any
    settings: Any
    rate: Any
    schedule: Any
    schedule_settings: Any
    preparation: Any
    max_norm: Any
    jitter: Any
    members: Any
    drawing: Any
    hard: Any
    batch_size: Any
