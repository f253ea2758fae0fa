"""Take over a picture: its gray values, two parts by a threshold, or parts by color."""

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.dialogs.importing.buttons import import_buttons
from app.dialogs.importing.size import resize_within_screen
from app.files.picture_file import read_picture, square
from app.pixels import image_of
from app.theme import LIGHT, Theme
from app.views.image.pictures import gray, parts, words
from app.views.ink import color
from app.widgets.labeled import Labeled
from app.widgets.segmented import SegmentedControl
from app.widgets.slider_field import SliderField
from engine.datasets.dataset import Array
from engine.datasets.pictures import by_color, by_gray, by_threshold, natural_threshold
from engine.datasets.tables import Imported, TableError
from engine.settings import Setting
from engine.tasks import TASKS

WAYS = (
    ("gray", "Gray values", "How bright is each pixel? The network becomes the picture."),
    ("threshold", "Dark and bright", "Two classes: the pixels darker than a threshold, and all others."),
    ("colors", "Colors", "A class for each of a few colors."),
)
SIDE = Setting("side", "Pixels along a side", 48, 8, 128, "How fine the picture is: each pixel is a sample.")
THRESHOLD = Setting("threshold", "Threshold", 50, 0, 100, "How bright a pixel must be to belong to the bright ones.")
COLORS = Setting("colors", "Colors", 3, 2, 8, "How many parts the picture falls into.")
SIDES, PERCENT, COUNTS = (8, 12, 16, 24, 32, 48, 64, 96, 128), tuple(range(0, 101, 2)), tuple(range(2, 9))
PICTURE, WIDTH, HEIGHT = 240, 560, 500


class Picture(QWidget):
    """One picture in a frame, its pixels sharp."""

    def __init__(self, name: str, theme: Theme) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._theme = theme
        self.image = QImage()

    def sizeHint(self) -> QSize:
        """Return a size at which one sees enough."""
        return QSize(self._theme.pixels(PICTURE), self._theme.pixels(PICTURE))

    def minimumSizeHint(self) -> QSize:
        """Return half of that."""
        return self.sizeHint() / 2

    def show_image(self, image: QImage) -> None:
        """Show ``image``."""
        self.image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture as large as there is room for a square."""
        side = float(min(self.width(), self.height())) - 1.0
        place = QRectF(0.5 * (self.width() - side), 0.5 * (self.height() - side), side, side)
        with QPainter(self) as painter:
            painter.drawImage(place, self.image)
            painter.setPen(QPen(color(self._theme.outline), 1.0))
            painter.drawRect(place)


class PictureDialog(QDialog):
    """Shows a picture beside what is learned of it; ``imported`` brings the points (Imported) when they are wanted.

    Args:
        source: a file, or the picture itself.
        name: what to call it.
    """

    imported = Signal(object)

    def __init__(self, source: Path | QImage, name: str, parent: QWidget | None = None, theme: Theme = LIGHT) -> None:
        super().__init__(parent)
        self.setWindowTitle("Import a picture")
        self._theme = theme
        self._picture: QImage | None = None
        self._result: Imported | None = None
        self.title = QLabel(name)
        self.title.setProperty("role", "title")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.original, self.learned = Picture("The picture", theme), Picture("What is learned of it", theme)
        self.way = SegmentedControl("What is learned", WAYS, "gray")
        self.way.set_theme(theme)
        self.side = SliderField(SIDE, SIDES, integer=True)
        self.threshold = SliderField(THRESHOLD, PERCENT, unit="%")
        self.colors = SliderField(COLORS, COUNTS, integer=True)
        self.report = QLabel()
        self.report.setWordWrap(True)
        self.report.setAccessibleName("What becomes of the picture")
        self.take, self.cancel, buttons = import_buttons(self)
        self.take.clicked.connect(self._take)
        self._arrange(buttons)
        resize_within_screen(self, WIDTH, HEIGHT, theme)
        self.way.chosen.connect(self._renew)
        for field in (self.side, self.threshold, self.colors):
            field.committed.connect(self._renew)
            field.problem.connect(self._fail)
        self._begin(source)

    def _arrange(self, buttons: QDialogButtonBox) -> None:
        pictures = QHBoxLayout()
        pictures.setSpacing(16)
        for picture in (self.original, self.learned):
            pictures.addWidget(Labeled(picture.accessibleName(), picture), 1)
        fields = QHBoxLayout()
        fields.setSpacing(16)
        for field in (self.side, self.threshold, self.colors):
            fields.addWidget(field)
        fields.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.title)
        column.addLayout(pictures, 1)
        column.addWidget(self.way)
        column.addLayout(fields)
        column.addWidget(self.report)
        column.addWidget(buttons)

    def _begin(self, source: Path | QImage) -> None:
        try:
            self._picture = source if isinstance(source, QImage) else read_picture(source)
            colors = square(self._picture, int(SIDE.high))
            self.original.show_image(image_of(words(255.0 * colors)))
            self.threshold.set_value(round(100.0 * natural_threshold(colors)))
        except TableError as error:
            self._picture = None
            for control in (self.way, self.side, self.threshold, self.colors):
                control.setEnabled(False)
            self._fail(str(error))
        self._renew()

    def _renew(self) -> None:
        """Make the points anew from what is chosen."""
        way = self.way.current
        self.threshold.setVisible(way == "threshold")
        self.colors.setVisible(way == "colors")
        if self._picture is None:
            return
        try:
            colors = square(self._picture, int(self.side.value()))
            result = self._made(way, colors)
        except TableError as error:
            self._fail(str(error))
            return
        self._result = result
        values = result.points.targets.reshape(colors.shape[:2])
        is_gray = not TASKS[result.task].classes
        self.learned.show_image(image_of(gray(values) if is_gray else parts(self._theme, values)))
        self.take.setEnabled(True)
        self._say(" ".join(result.remarks))

    def _made(self, way: str, colors: Array) -> Imported:
        if way == "gray":
            return by_gray(colors)
        if way == "threshold":
            return by_threshold(colors, self.threshold.value() / 100.0)
        return by_color(colors, int(self.colors.value()))

    def _take(self) -> None:
        if self._result is not None:
            self.imported.emit(self._result)
            self.accept()

    def _fail(self, sentence: str) -> None:
        self._result = None
        self.take.setEnabled(False)
        self.learned.show_image(QImage())
        self._say(sentence, "problem")

    def _say(self, text: str, role: str = "") -> None:
        self.report.setText(text)
        self.report.setProperty("role", role)
        # Style sheets look at properties only when they are applied.
        self.report.style().polish(self.report)
