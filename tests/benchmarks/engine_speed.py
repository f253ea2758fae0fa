"""How fast the engine is: ``python -m tests.benchmarks.engine_speed``. All ratios come from this one run.

Prints training rates of the standard workloads, what the shuffling takes of them, the time for fields, and how long
compiling takes, cold and from the cache (each in a process of its own).
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

import numpy as np

from engine.benchmark import LIBRARIES, SAMPLES, WORKLOADS, samples_per_second
from engine.kernels.compilation import kernel
from engine.kernels.shuffle import shuffle
from engine.trainer import Trainer


@kernel
def shuffle_often(order: np.ndarray, random: np.ndarray, epochs: int) -> None:
    """Shuffle ``epochs`` times, as the training loop does once an epoch."""
    for epoch in range(epochs):
        shuffle(order, 0, epoch, random)


def best(run: Callable[[], object], rounds: int = 7) -> float:
    """Return the shortest of ``rounds`` calls of ``run``, in seconds, after a first one that is not counted."""
    run()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    """Measure and print."""
    order, random = np.zeros(SAMPLES, dtype=np.int64), np.zeros(1, dtype=np.uint64)
    shuffling = best(lambda: shuffle_often(order, random, 1000)) / 1000.0
    print(f"shuffling {SAMPLES} samples: {1e6 * shuffling:.2f} µs")
    for workload in WORKLOADS:
        rate = samples_per_second(LIBRARIES["Descent"](workload), 0.5)
        share = shuffling / (SAMPLES / rate)
        print(f"{workload.name:<28} {rate / 1e6:7.2f} million samples/s; shuffling takes {share:5.1%} of it")

    trainer = Trainer(WORKLOADS[-1].experiment)
    units = best(lambda: trainer.unit_fields(100))
    output = best(lambda: trainer.field(-1, 256))
    print(
        f"fields of {WORKLOADS[-1].name}: all units 100×100 {1e3 * units:.2f} ms, output 256×256 {1e3 * output:.2f} ms"
    )

    code = "import time; start = time.perf_counter(); from engine.kernels import warm_up; "
    code += "warm_up(lambda what, share: None); print(time.perf_counter() - start)"
    with tempfile.TemporaryDirectory() as folder:
        for what in ("cold", "from the cache"):
            result = subprocess.run(
                [sys.executable, "-c", code],
                env={**os.environ, "DESCENT_CACHE_DIR": folder},
                capture_output=True,
                text=True,
                check=True,
            )
            print(f"importing and compiling everything, {what}: {float(result.stdout):.2f} s")


if __name__ == "__main__":
    main()
