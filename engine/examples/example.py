"""What a worked example is."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.examples.slide_note import SlideNote
from engine.experiment import Experiment


@dataclass(frozen=True)
class Example:
    """One worked example.

    Attributes:
        name: the name on the command line.
        label: the name people read.
        group: the heading it stands under.
        make: returns the experiment.
        remark: two sentences on what to watch.
        notes: where a lecture's slide shows another number than the exact one.
        aliases: other names.
    """

    name: str
    label: str
    group: str
    make: Callable[[], Experiment]
    remark: str
    notes: tuple[SlideNote, ...] = ()
    aliases: tuple[str, ...] = ()
