"""What is said about a draft: when it was kept, what is in it."""

from datetime import datetime
from pathlib import Path

from app.description import counted
from app.files.drafts import Heading, Weights
from engine.datasets.generators import GENERATORS
from engine.experiment import Experiment, Points
from engine.tasks import TASKS

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def contents(experiment: Experiment) -> str:
    """Return in a few words what is in ``experiment``: “312 points, two classes, hidden units 4 – 2”."""
    source = experiment.data.source
    if isinstance(source, Points):
        data = counted(len(source.targets), "point")
    else:
        data = f"{GENERATORS[source.name].label}, {source.samples:,} samples"
    task = TASKS[experiment.data.task].label
    hidden = " – ".join(str(layer.units) for layer in experiment.network.hidden)
    return f"{data}, {task[:1].lower()}{task[1:]}, {f'hidden units {hidden}' if hidden else 'no hidden layer'}"


def offer(heading: Heading, weights: Weights | None, now: datetime) -> str:
    """Return the sentence with which a draft is offered."""
    last = datetime.fromtimestamp(max(heading.time, weights.time if weights else 0.0))
    name = f"“{Path(heading.document).stem}”, " if heading.document else ""
    trained = f", trained to epoch {weights.epoch:,}" if weights and weights.epoch else ""
    return f"Descent closed unexpectedly. Kept from {_moment(last, now)}: {name}{heading.contents}{trained}."


def _moment(last: datetime, now: datetime) -> str:
    time = f"{last:%H:%M}"
    if last.date() == now.date():
        return time
    year = f", {last.year}" if last.year != now.year else ""
    return f"{MONTHS[last.month - 1]} {last.day}{year}, {time}"
