"""The schedule of the learning rate: which one, its settings, and its curve with the place of the moment."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.theme import LIGHT, Theme
from app.widgets.choice import Choice
from app.widgets.entry_curves import schedule_curve
from app.widgets.entry_settings import EntrySettings
from engine.experiment import ScheduleChoice
from engine.schedules import SCHEDULES


class ScheduleSettings(EntrySettings):
    """The settings of a schedule below the list it is chosen from; ``chosen`` brings the name of another one."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "η is the learning rate, t are the epochs done.", schedule_curve)
        self.choice = Choice(
            "Schedule",
            "How the learning rate changes while the network learns.",
            picture=lambda name: schedule_curve(SCHEDULES[name]),
        )
        self.choice.set_family(SCHEDULES)
        self.choice.chosen.connect(self.chosen)
        self.title.setText("Learning-rate schedule")
        self.column.insertWidget(1, self.choice)

    def set_theme(self, theme: Theme = LIGHT) -> None:
        """Take the colors and sizes to draw with."""
        super().set_theme(theme)
        self.choice.set_theme(theme)

    def show_choice(self, choice: ScheduleChoice) -> None:
        """Show the schedule and its settings, quietly."""
        self.choice.set_name(choice.name)
        self.show_entry(SCHEDULES[choice.name], choice.settings)
        self.title.setText("Learning-rate schedule")

    def show_epoch(self, epoch: float, rate: float) -> None:
        """Mark the present epoch on the curve, while it can be seen."""
        curve = self.curve.curve()
        if not self.isVisible() or curve is None or SCHEDULES[self.choice.name() or "constant"].watches_loss:
            return
        self.curve.set_curve(curve._replace(at=epoch))
        self.curve.setToolTip(f"The share of the learning rate over the epochs; it is now {rate:.3g}.")
