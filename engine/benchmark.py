"""The standard workloads, timed: the kernels against the NumPy reference and against other libraries in one run.

250 samples, tanh, squared error, plain SGD, float64, one thread for each. PyTorch runs eagerly, JAX as one compiled
scan over the batches of an epoch, scikit-learn's MLPRegressor as it comes (½ of the squared error, linear output).
Only the kernels shuffle every epoch; that they do so is part of their time.
"""

import sys
import time
import warnings
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from rich.console import Console
from rich.table import Table

from engine import reference
from engine.datasets.dataset import Array
from engine.experiment import Data, Experiment, Generated, Layer, Network, Output, Training
from engine.features import compute
from engine.parameters import initial, layout
from engine.tasks import wanted
from engine.trainer import Trainer

SAMPLES = 250
ROUNDS = 3


class Workload(NamedTuple):
    """One network and batch size."""

    hidden: tuple[int, ...]
    batch_size: int

    @property
    def name(self) -> str:
        """For example “2-8-8-1, batch 10”."""
        return f"{'-'.join(map(str, (2, *self.hidden, 1)))}, batch {self.batch_size}"

    @property
    def experiment(self) -> Experiment:
        """The workload as an experiment, all samples trained on."""
        return Experiment(
            data=Data(source=Generated("circle", SAMPLES), train_share=1.0),
            network=Network(hidden=tuple(Layer(units, "tanh") for units in self.hidden), output=Output("tanh")),
            training=Training(loss="mse", batch_size=self.batch_size, learning_rate=0.03),
        )


WORKLOADS = (
    Workload((4, 2), 10),
    Workload((8, 8), 10),
    Workload((8, 8), 1),
    Workload((8,) * 6, 30),
)

# Trains about the number of steps asked for and returns the samples it saw.
Run = Callable[[int], int]


def _data(experiment: Experiment) -> tuple[Array, Array]:
    dataset = Trainer(experiment).dataset
    inputs = compute(experiment.network.features, dataset.points)
    return inputs, wanted("two-classes", "mse", "tanh", dataset, np.ones(len(dataset), dtype=np.bool_))


def _descent(workload: Workload) -> Run:
    trainer = Trainer(workload.experiment)

    def run(steps: int) -> int:
        before = trainer.epoch
        trainer.run(float("inf"), steps=-(-steps // trainer.steps_per_epoch) * trainer.steps_per_epoch)
        return (trainer.epoch - before) * SAMPLES

    return run


def _numpy(workload: Workload) -> Run:
    experiment, batch = workload.experiment, workload.batch_size
    inputs, targets = _data(experiment)
    shape, parameters = layout(experiment.network), initial(experiment)

    def run(steps: int) -> int:
        nonlocal parameters
        for step in range(steps):
            start = step * batch % (SAMPLES - batch + 1)
            gradient = reference.gradient(
                shape, parameters, inputs[:, start : start + batch], targets[:, start : start + batch], "mse"
            )
            parameters = parameters - 0.03 * gradient
        return steps * batch

    return run


def _torch(workload: Workload) -> Run:
    import torch  # an optional dependency

    torch.set_num_threads(1)
    experiment, batch = workload.experiment, workload.batch_size
    inputs, targets = (torch.tensor(table.T.copy()) for table in _data(experiment))
    layers: list[Any] = []
    for count, units in zip((2, *workload.hidden), (*workload.hidden, 1), strict=True):
        layers += [torch.nn.Linear(count, units, dtype=torch.float64), torch.nn.Tanh()]
    network = torch.nn.Sequential(*layers)
    optimizer = torch.optim.SGD(network.parameters(), lr=0.03)

    def run(steps: int) -> int:
        for step in range(steps):
            start = step * batch % (SAMPLES - batch + 1)
            optimizer.zero_grad()
            loss = torch.nn.functional.mse_loss(network(inputs[start : start + batch]), targets[start : start + batch])
            loss.backward()
            optimizer.step()
        return steps * batch

    return run


def _jax(workload: Workload) -> Run:
    import jax  # an optional dependency

    jax.config.update("jax_enable_x64", True)
    experiment, batch = workload.experiment, workload.batch_size
    batches = SAMPLES // batch
    inputs, targets = (
        jax.numpy.asarray(table.T[: batches * batch].reshape(batches, batch, -1)) for table in _data(experiment)
    )
    shape, flat = layout(experiment.network), initial(experiment)
    parameters = [
        (jax.numpy.asarray(shape.weights(flat, i)), jax.numpy.asarray(shape.biases(flat, i)))
        for i in range(len(shape.layers))
    ]

    def loss(parameters: Any, x: Any, y: Any) -> Any:
        for weights, biases in parameters:
            x = jax.numpy.tanh(x @ weights.T + biases)
        return ((x - y) ** 2).mean()

    def step(parameters: Any, batch_data: Any) -> Any:
        gradient = jax.grad(loss)(parameters, *batch_data)
        return jax.tree.map(lambda p, g: p - 0.03 * g, parameters, gradient), None

    @partial(jax.jit, static_argnums=1)
    def epochs(parameters: Any, count: int) -> Any:
        def epoch(_: int, inner: Any) -> Any:
            return jax.lax.scan(step, inner, (inputs, targets))[0]

        return jax.lax.fori_loop(0, count, epoch, parameters)

    # Many epochs a call, so that neither side pays for calls.
    count = 40

    def run(steps: int) -> int:
        nonlocal parameters
        calls = max(1, steps // (batches * count))
        for _ in range(calls):
            parameters = epochs(parameters, count)
        jax.block_until_ready(parameters)
        return calls * count * batches * batch

    return run


def _scikit_learn(workload: Workload) -> Run:
    from sklearn.exceptions import ConvergenceWarning  # an optional dependency
    from sklearn.neural_network import MLPRegressor

    inputs, targets = _data(workload.experiment)

    def run(steps: int) -> int:
        epochs = max(1, steps * workload.batch_size // SAMPLES)
        network = MLPRegressor(
            hidden_layer_sizes=workload.hidden, activation="tanh", solver="sgd", alpha=0.0,
            batch_size=workload.batch_size,
            learning_rate_init=0.03, momentum=0.0, nesterovs_momentum=False, max_iter=epochs, tol=0.0,
            n_iter_no_change=epochs + 1,
        )  # fmt: skip
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            network.fit(inputs.T, targets[0])
        return epochs * SAMPLES

    return run


LIBRARIES: dict[str, Callable[[Workload], Run]] = {
    "Descent": _descent,
    "NumPy": _numpy,
    "PyTorch": _torch,
    "JAX": _jax,
    "scikit-learn": _scikit_learn,
}


def samples_per_second(run: Run, seconds: float) -> float:
    """Return the best rate of ROUNDS rounds of about ``seconds`` each, after a first call that may compile."""
    run(1)
    steps, elapsed = 1, 0.0
    while elapsed < 0.1 * seconds:
        steps *= 2
        start = time.perf_counter()
        run(steps)
        elapsed = time.perf_counter() - start
    steps = max(1, int(steps * seconds / elapsed))
    best = 0.0
    for _ in range(ROUNDS):
        start = time.perf_counter()
        samples = run(steps)
        best = max(best, samples / (time.perf_counter() - start))
    return best


def report(seconds: float = 0.5) -> list[dict[str, Any]]:
    """Time all workloads in all libraries that are installed, print a table, and return its numbers."""
    console = Console()
    console.width = max(console.width, 120)  # a table in a pipe or a narrow terminal must stay readable
    rows = []
    table = Table("workload", title="training samples per second (in brackets: how many times faster Descent is)")
    names = [name for name in LIBRARIES if _is_installed(name)]
    for name in names:
        table.add_column(name, justify="right")
    for workload in WORKLOADS:
        row: dict[str, Any] = {"workload": workload.name}
        for name in names:
            print(f"{workload.name}: {name} …", file=sys.stderr)
            row[name] = samples_per_second(LIBRARIES[name](workload), seconds)
        cells = [f"{row['Descent']:,.0f}", *(f"{row[n]:,.0f} (×{row['Descent'] / row[n]:.1f})" for n in names[1:])]
        table.add_row(workload.name, *cells)
        rows.append(row)
    console.print(table)
    missing = [name for name in LIBRARIES if name not in names]
    if missing:
        console.print(f"Not installed: {', '.join(missing)} (pip install -e '.[bench]').")
    return rows


def _is_installed(name: str) -> bool:
    try:
        LIBRARIES[name](WORKLOADS[0])
    except ImportError:
        return False
    return True
