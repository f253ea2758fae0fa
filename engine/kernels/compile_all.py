"""Compile every kernel now, so that nothing has to wait for it later."""

from collections.abc import Callable

import numpy as np

from engine.experiment import Experiment, Layer, Network, Training
from engine.kernels.buffers import SampleTable
from engine.kernels.runner import Runner
from engine.parameters import initial, layout


def warm_up(report: Callable[[str, float], None]) -> None:
    """Compile all kernels, or load them from the cache; ``report(what comes next, share done)`` before each.

    An exception that ``report`` raises ends it between two kernels.
    """
    network = Network(hidden=(Layer(units=2),))
    shape = layout(network)
    samples = SampleTable(np.zeros((2, 2)), np.zeros((1, 2)))
    block, single = (Runner(shape, Training(batch_size=size), samples, seed=0) for size in (2, 1))
    for runner in (block, single):
        runner.start(initial(Experiment(network=network)))
    steps: tuple[tuple[str, Callable[[], object]], ...] = (
        ("the losses", lambda: block.loss_sum(samples)),
        ("the training loop", lambda: block.run(1)),
        (
            "the fields",
            lambda: block.fill_fields(samples.inputs, 0, np.empty((5, samples.inputs.shape[1]), np.float32)),
        ),
        ("training one sample at a time", lambda: single.run(1)),
        ("the batches", block.next_batch),
    )
    for number, (what, compile_it) in enumerate(steps):
        report(what, number / len(steps))
        compile_it()
    report("", 1.0)
