"""Compile everything that the program compiles: the engine's kernels first, then those that draw."""

from collections.abc import Callable

from app.views.decision import class_raster, contours, density_raster
from app.views.network import edge_raster
from engine.kernels import warm_up as compile_engine

Report = Callable[[str, float], None]
# About a fifth of the time goes into drawing, which works without its kernels meanwhile.
ENGINE_SHARE = 0.8


def warm_up(report: Report) -> None:
    """Compile all kernels or load them from the cache, on the thread that calls; ``report(what, share done)``.

    An exception that ``report`` raises ends it between two kernels.
    """

    def report_part(what: str, share: float) -> None:
        report(f"Compiling {what or 'the drawing of the network'}", ENGINE_SHARE * share)

    compile_engine(report_part)
    edge_raster.warm_up()
    class_raster.warm_up()
    contours.warm_up()
    density_raster.warm_up()
    report("", 1.0)
