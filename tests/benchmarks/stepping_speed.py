"""What stepping through an iteration costs: ``python -m tests.benchmarks.stepping_speed``.

2-8×6-1, batch 30: how long one trace takes, and what is said at a place, each place once, at every grain.
"""

import time
from statistics import median

from app.stepping.explanation import explain
from app.stepping.itinerary import Itinerary
from app.stepping.records import MEAN, Grain, Position
from engine.compose import compose
from engine.trace import Trace
from engine.trainer import Trainer

EXPERIMENT = compose(data="spiral", hidden=(8,) * 6, batch_size=30, optimizer="adam", l2=0.001)


def places(trace: Trace, grain: Grain) -> list[Position]:
    """Return all places at one grain."""
    itinerary = Itinerary.of(trace)
    found: list[Position] = []
    place: Position | None = itinerary.first(grain=grain)
    while place is not None:
        found.append(place)
        place = itinerary.next(place, grain)
    return found


def milliseconds(start: float) -> float:
    """Return how long it is since ``start``."""
    return 1e3 * (time.perf_counter() - start)


def main() -> None:
    """Print the table."""
    trainer = Trainer(EXPERIMENT)
    trainer.run(10.0, steps=5)
    took = []
    for _ in range(50):
        start = time.perf_counter()
        trace = trainer.trace()
        took.append(milliseconds(start))
    assert trace is not None
    print(f"{'trace':>20}: median {median(took):6.2f} ms, longest {max(took):6.2f} ms")
    start = time.perf_counter()
    Itinerary.of(trace)
    print(f"{'itinerary':>20}: {milliseconds(start):6.2f} ms")
    for focus, name in ((0, "sample"), (MEAN, "mean")):
        for grain in (Grain.PHASE, Grain.LAYER, Grain.UNIT, Grain.TERM):
            took = []
            for place in places(trace, grain):
                start = time.perf_counter()
                explain(trace, place, focus)
                took.append(milliseconds(start))
            label = f"{name}, {grain.name.lower()}"
            print(f"{label:>20}: median {median(took):6.2f} ms, longest {max(took):6.2f} ms, {len(took)} places")


if __name__ == "__main__":
    main()
