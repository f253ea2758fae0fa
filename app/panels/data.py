"""The data panel: which data are learned, how many, how noisy, and how much is kept for the test."""

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.changes.fitting import class_limits
from app.icons import icon
from app.panels.columns_text import columns_text
from app.panels.data_details import DataDetails
from app.panels.gallery import Gallery
from app.panels.limits import in_percent, limits
from app.panels.shape_settings import ShapeSettings
from app.theme import LIGHT, Theme
from app.widgets.button import Button
from app.widgets.number_field import NumberField
from app.widgets.segmented import SegmentedControl
from app.widgets.slider_field import SliderField
from app.widgets.teach import Teaching, teach
from engine.datasets.dataset import Dataset
from engine.datasets.generators import GENERATORS
from engine.experiment import Data, Experiment, Generated, Points
from engine.parameters import Layout
from engine.tasks import TASKS

SAMPLES = (10, 20, 50, 100, 150, 200, 250, 300, 400, 500, 750, 1000, 1500, 2000, 3000, 5000, 10000)
NOISES = tuple(round(0.05 * step, 2) for step in range(41))
SHARES = (*range(10, 100, 5), 99, 100)
SAMPLES_REMARK = "How many samples are drawn: more show the shape better, fewer are learned by heart sooner."
PIXELS_REMARK = "How many pixels the picture has: each is a sample, its place the input and its color the target."
OWN_REMARK = "Your own points are as many as you painted or imported."
NOISE_REMARK = "How far points are moved at random: a standard deviation in plane units."
NOISE_OF_PARTS = "Noise does nothing here: a pixel belongs to its part of the picture whatever happens."
SOFTNESS_REMARK = "How soft the targets are: the share that goes to all classes, or how far a class reaches."
SOFT = (
    ("smoothing", "Smoothed", "Each label gives a little of its certainty to all classes."),
    ("distance", "By distance", "The nearer the center of a class, the likelier the class."),
)
CLASSES, SOFTNESSES = tuple(range(2, 9)), tuple(round(0.05 * step, 2) for step in range(1, 21))
SHARE_REMARK = "How much of the data is trained on; the rest only tests what was learned."
FOLD_REMARK = "A fold is the test, so the train share does not count: see “Test set” below."
TOLD_REMARK = "The table says which points are for the test; another share draws them anew."
SEED_REMARK = "The data seed draws the samples, their noise and their split: the same number, the same data."
MARGIN = 10


class DataPanel(Teaching):
    """Data sets to pick, a canvas to draw one's own, samples, noise and the share that is trained on.

    ``changed`` brings the name of a change (see ``app.changes``) and its value; ``hint`` what is wrong with a
    number, or what the control under the mouse teaches; ``import_requested`` that a table is to be chosen.
    """

    import_requested = Signal()
    changed = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seed = 0
        self._own = False
        self.gallery = Gallery()
        self.draw_own = Button("Draw your own", "Start with an empty canvas and paint points into it.", with_text=True)
        self.draw_own.setCheckable(True)
        remark = "Learn from a table (CSV, JSON, NumPy) or a picture. It can be dropped or pasted, too."
        self.import_data = Button("Import data", remark)
        self.shape = ShapeSettings()
        self.samples = SliderField(
            limits(Generated, "samples", "Samples", SAMPLES_REMARK, default=250), SAMPLES, integer=True
        )
        self.noise = SliderField(
            limits(Data, "noise", "Noise", NOISE_REMARK),
            NOISES,
        )
        self.train_share = SliderField(
            in_percent(limits(Data, "train_share", "Train share", SHARE_REMARK, default=0.7)), SHARES, unit="%"
        )
        self.classes = SliderField(
            limits(Data, "classes", "Classes", "How many classes there are.", default=2),
            CLASSES,
            integer=True,
            in_one_row=True,
        )
        self.soft = SegmentedControl("Soft targets", SOFT, "smoothing")
        self.softness = SliderField(
            limits(Data, "softness", "Softness", SOFTNESS_REMARK, default=0.1), SOFTNESSES, in_one_row=True
        )
        self.counts = QLabel()
        self.counts.setProperty("role", "caption")
        # It grows with the samples, but must not widen the panel.
        self.counts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        teach(self.counts, "Training samples teach the network; test samples show whether it learned the rule.")
        self.columns = QLabel()
        self.columns.setProperty("role", "caption")
        self.columns.setTextFormat(Qt.TextFormat.PlainText)
        self.columns.setAccessibleName("Columns of the table")
        self.columns.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.new_sample = Button("New sample", "Draw other samples of the same kind.", with_text=True)
        self.seed = NumberField(limits(Data, "seed", "Data seed", SEED_REMARK), integer=True)
        self.details = DataDetails()
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 6, MARGIN, MARGIN)
        column.setSpacing(6)
        column.addWidget(self.gallery, 1)
        line = QFrame()
        line.setObjectName("line")
        line.setFixedHeight(1)
        column.addWidget(line)
        self.import_data.setProperty("role", "outlined")
        for button in (self.draw_own, self.new_sample):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setProperty("role", "outlined")
        own = QHBoxLayout()
        own.setSpacing(4)
        own.addWidget(self.draw_own)
        own.addWidget(self.import_data)
        column.addLayout(own)
        for part in (
            self.shape, self.classes, self.soft, self.softness, self.samples, self.noise, self.train_share,
            self.counts, self.columns,
        ):  # fmt: skip
            column.addWidget(part)
        drawn = QHBoxLayout()
        drawn.setSpacing(3)
        drawn.addWidget(self.new_sample)
        seed_label = QLabel("seed")
        seed_label.setProperty("role", "caption")
        seed_label.setBuddy(self.seed)
        teach(seed_label, SEED_REMARK)
        drawn.addWidget(seed_label)
        drawn.addWidget(self.seed)
        column.addLayout(drawn)
        column.addWidget(self.details)
        self._connect()
        self.set_theme(LIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes to draw with."""
        self.gallery.set_theme(theme)
        self.soft.set_theme(theme)
        self.shape.set_theme(theme)
        self.classes.set_theme(theme)
        self.softness.set_theme(theme)
        self.details.set_theme(theme)
        self.seed.setFixedWidth(theme.pixels(50))
        for button, name in (
            (self.draw_own, "brush"),
            (self.import_data, "open"),
        ):
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
        self.shape.setVisible(isinstance(data.source, Generated))
        if isinstance(data.source, Generated):
            self.shape.show_settings(GENERATORS[data.source.name], data.source.settings)
        self.samples.set_value(len(dataset))
        self.samples.setEnabled(not self._own)
        self.samples.set_remark(
            OWN_REMARK if self._own else PIXELS_REMARK if dataset.shape is not None else SAMPLES_REMARK
        )
        self.noise.set_value(data.noise)
        self.noise.set_remark(_noise_remark(data.task))
        self._show_classes(data)
        self.train_share.set_value(round(100.0 * data.train_share, 9))
        self.train_share.setEnabled(not data.fold)
        told = isinstance(data.source, Points) and data.source.is_train is not None
        self.train_share.set_remark(FOLD_REMARK if data.fold else TOLD_REMARK if told else SHARE_REMARK)
        pixels = f"{dataset.shape[0]} × {dataset.shape[1]}: " if dataset.shape else ""
        fold = f"fold {data.fold}: " if data.fold else ""
        self.counts.setText(f"{pixels}{fold}{dataset.train_count:,} train · {dataset.test_count:,} test")
        self._show_columns(data)
        what = "Split your points in another way" if self._own else "Draw other samples of the same kind"
        teach(self.new_sample, f"{what}: the data seed, now {data.seed}, goes up by one.")
        self.seed.set_value(data.seed)
        self.details.show_data(data)

    def _show_classes(self, data: Data) -> None:
        """Offer the number of classes where it can be chosen, and how soft targets are made where there are some."""
        limits = class_limits(data)
        self.classes.setVisible(limits is not None and limits[0] < limits[1])
        self.classes.set_value(data.classes)
        is_soft = data.task == "soft-classes"
        self.soft.setVisible(is_soft)
        self.softness.setVisible(is_soft)
        with QSignalBlocker(self.soft):
            self.soft.choose(data.soft)
        self.softness.set_value(data.softness)

    def _show_columns(self, data: Data) -> None:
        """Say what the numbers meant in the table that the points come from, if they come from one."""
        columns = data.source.columns if isinstance(data.source, Points) else None
        self.columns.setVisible(columns is not None)
        if columns is not None:
            self.columns.setText(columns_text(columns))
            teach(self.columns, f"What the points meant in their table:\n{columns_text(columns, longest=200)}.")

    def _connect(self) -> None:
        self.classes.committed.connect(lambda value: self.changed.emit("data.classes", int(value)))
        self.softness.committed.connect(lambda value: self.changed.emit("data.softness", value))
        self.soft.chosen.connect(lambda name: self.changed.emit("data.soft", name))
        self.gallery.picked.connect(lambda name: self.changed.emit("data.generator", name))
        self.draw_own.clicked.connect(self._empty)
        self.import_data.clicked.connect(self.import_requested)
        self.samples.committed.connect(lambda value: self.changed.emit("data.samples", int(value)))
        self.noise.committed.connect(lambda value: self.changed.emit("data.noise", value))
        self.train_share.committed.connect(lambda value: self.changed.emit("data.train_share", value / 100.0))
        self.new_sample.clicked.connect(lambda: self.changed.emit("data.seed", (self._seed + 1) % 2**53))
        self.seed.committed.connect(lambda value: self.changed.emit("data.seed", int(value)))
        self.shape.changed.connect(lambda name, value: self.changed.emit("data.setting", (name, value)))
        self.shape.reset_requested.connect(lambda: self.changed.emit("data.usual_settings", None))
        self.details.changed.connect(self.changed)
        for field in (
            self.shape, self.samples, self.noise, self.train_share, self.classes, self.softness, self.seed,
            self.details,
        ):  # fmt: skip
            field.problem.connect(self.hint)

    def _empty(self) -> None:
        # The click has switched the button; whether it is on, the experiment says.
        self.draw_own.setChecked(self._own)
        self.changed.emit("data.empty", None)


def _noise_remark(task: str) -> str:
    """Return what noise does in ``task``."""
    if TASKS[task].is_image:
        return NOISE_OF_PARTS if TASKS[task].classes else "How grainy the picture is: noise in its gray values."
    if task == "regression-1d":
        return "How far points are moved up or down at random."
    return NOISE_REMARK
