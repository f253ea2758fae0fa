"""The data panel: which data are learned, how many, how noisy, and how much is kept for the test."""

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QStatusTipEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.icons import icon
from app.panels.gallery import Gallery
from app.panels.limits import limits
from app.theme import LIGHT, Theme
from app.widgets.button import Button
from app.widgets.slider_field import SliderField
from app.widgets.teach import teach
from engine.datasets.dataset import Dataset
from engine.experiment import Data, Experiment, Generated
from engine.parameters import Layout
from engine.settings import Setting

SAMPLES = (10, 20, 50, 100, 150, 200, 250, 300, 400, 500, 750, 1000, 1500, 2000, 3000, 5000, 10000)
NOISES = tuple(round(0.05 * step, 2) for step in range(41))
SHARES = (*range(10, 100, 5), 99, 100)
SAMPLES_REMARK = "How many samples are drawn: more show the shape better, fewer are learned by heart sooner."
OWN_REMARK = "Your own points are as many as you painted."
MARGIN = 10


class DataPanel(QWidget):
    """Data sets to pick, a canvas to draw one's own, samples, noise and the share that is trained on.

    ``changed`` brings the name of a change (see ``app.changes``) and its value; ``hint`` what is wrong with a
    number, or what the control under the mouse teaches.
    """

    changed = Signal(str, object)
    hint = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seed = 0
        self._own = False
        self.gallery = Gallery()
        self.draw_own = Button("Draw your own", "Start with an empty canvas and paint points into it.", with_text=True)
        self.draw_own.setCheckable(True)
        self.samples = SliderField(
            limits(Generated, "samples", "Samples", SAMPLES_REMARK, default=250), SAMPLES, integer=True
        )
        self.noise = SliderField(
            limits(Data, "noise", "Noise", "How far points are moved at random: a standard deviation in plane units."),
            NOISES,
        )
        self.train_share = SliderField(_percent(), SHARES, unit="%")
        self.counts = QLabel()
        self.counts.setProperty("role", "caption")
        teach(self.counts, "Training samples teach the network; test samples show whether it learned the rule.")
        self.new_sample = Button("New sample", "Draw other samples of the same kind.", with_text=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 6, MARGIN, MARGIN)
        column.setSpacing(8)
        column.addWidget(self.gallery, 1)
        line = QFrame()
        line.setObjectName("line")
        line.setFixedHeight(1)
        column.addWidget(line)
        for button in (self.draw_own, self.new_sample):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setProperty("role", "outlined")
        for part in (self.draw_own, self.samples, self.noise, self.train_share, self.counts, self.new_sample):
            column.addWidget(part)
        self._connect()
        self.set_theme(LIGHT)

    def event(self, event: QEvent) -> bool:
        """Pass on what the control under the mouse teaches."""
        if isinstance(event, QStatusTipEvent):
            self.hint.emit(event.tip())
            return True
        return super().event(event)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        self.gallery.set_theme(theme)
        for button, name in ((self.draw_own, "brush"), (self.new_sample, "new_weights")):
            button.setIcon(icon(name, theme))
            button.setIconSize(QSize(theme.pixels(18), theme.pixels(18)))

    def sizeHint(self) -> QSize:
        """Return room for two thumbnails side by side."""
        widest = max(thumbnail.sizeHint().width() for thumbnail in self.gallery.thumbnails.values())
        return QSize(max(2 * widest + 14 + 2 * MARGIN, super().minimumSizeHint().width()), 560)

    def show_experiment(self, experiment: Experiment, dataset: Dataset, layout: Layout) -> None:
        """Show which data are learned, quietly."""
        data = experiment.data
        self._seed = data.seed
        self._own = not isinstance(data.source, Generated)
        self.gallery.show_data(data)
        self.draw_own.setChecked(self._own)
        self.samples.set_value(len(dataset))
        self.samples.setEnabled(not self._own)
        self.samples.set_remark(OWN_REMARK if self._own else SAMPLES_REMARK)
        self.noise.set_value(data.noise)
        self.train_share.set_value(round(100.0 * data.train_share, 9))
        self.counts.setText(f"{dataset.train_count:,} train · {dataset.test_count:,} test")
        what = "Split your points in another way" if self._own else "Draw other samples of the same kind"
        teach(self.new_sample, f"{what}: the data seed, now {data.seed}, goes up by one.")

    def _connect(self) -> None:
        self.gallery.picked.connect(lambda name: self.changed.emit("data.generator", name))
        self.draw_own.clicked.connect(self._empty)
        self.samples.committed.connect(lambda value: self.changed.emit("data.samples", int(value)))
        self.noise.committed.connect(lambda value: self.changed.emit("data.noise", value))
        self.train_share.committed.connect(lambda value: self.changed.emit("data.train_share", value / 100.0))
        self.new_sample.clicked.connect(lambda: self.changed.emit("data.seed", self._seed + 1))
        for field in (self.samples, self.noise, self.train_share):
            field.problem.connect(self.hint)

    def _empty(self) -> None:
        # The click has switched the button; whether it is on, the experiment says.
        self.draw_own.setChecked(self._own)
        self.changed.emit("data.empty", None)


def _percent() -> Setting:
    """Return the limits of the train share in percent."""
    share = limits(
        Data,
        "train_share",
        "Train share",
        "How much of the data is trained on; the rest only tests what was learned.",
        default=0.7,
    )
    return Setting(
        name=share.name,
        label=share.label,
        default=100.0 * share.default,
        low=100.0 * share.low,
        high=100.0 * share.high,
        remark=share.remark,
        includes_low=share.includes_low,
        includes_high=share.includes_high,
    )
