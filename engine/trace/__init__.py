"""One iteration taken apart: every number between a batch and the new parameters, in plain NumPy."""

from engine.trace.iteration import KEPT, Sums, take_apart
from engine.trace.records import LayerPass, Trace, Update

__all__ = ["KEPT", "LayerPass", "Sums", "Trace", "Update", "take_apart"]
