"""How a text is written: what was recognized, and how to correct it."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from app.theme import Theme
from app.widgets.choice import Choice
from app.widgets.flow_layout import FlowLayout
from app.widgets.labeled import Labeled
from app.widgets.teach import teach
from engine.datasets.tables import DELIMITERS, ENCODINGS, QUOTES, TextFormat

DECIMALS = {".": "Point", ",": "Comma"}
_SHOWN = {"\t": "→", " ": "␣"}


class FormatRow(QWidget):
    """Lists for encoding, delimiter, decimal sign and quotes, and whether the first row is a header.

    ``changed`` brings a TextFormat when the user has corrected something.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.delimiter = Choice("Delimiter", "What stands between two cells.")
        self.delimiter.set_entries(
            (sign, label, f"Cells as in 1{_SHOWN.get(sign, sign)}2.") for sign, label in DELIMITERS.items()
        )
        self.decimal = Choice("Decimal sign", "What parts whole numbers from fractions.")
        self.decimal.set_entries((sign, label, f"One and a half is 1{sign}5.") for sign, label in DECIMALS.items())
        self.encoding = Choice("Encoding", "How letters are written as bytes; look at accents to see if it is right.")
        self.encoding.set_entries((name, label, f"The encoding {name}.") for name, label in ENCODINGS.items())
        self.quote = Choice("Quotes", "What stands around cells that hold a delimiter themselves.")
        self.quote.set_entries(
            (sign, f"{label}  {sign}", f"Cells as in {sign}a, b{sign}.") for sign, label in QUOTES.items()
        )
        self.header = QCheckBox("First row names the columns")
        self.header.setAccessibleName("First row names the columns")
        teach(self.header, "Whether the first row holds names rather than data.")
        row = FlowLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self._lists = (self.delimiter, self.decimal, self.encoding, self.quote)
        for choice in self._lists:
            row.addWidget(Labeled(choice.accessibleName(), choice))
            choice.chosen.connect(self._notice)
        row.addWidget(self.header)
        self.header.toggled.connect(self._notice)

    def set_theme(self, theme: Theme) -> None:
        """Take the colors and sizes."""
        for choice in self._lists:
            choice.set_theme(theme)
            choice.setMinimumWidth(theme.pixels(104))
        self.encoding.setMinimumWidth(theme.pixels(240))

    def show_format(self, form: TextFormat) -> None:
        """Show how the text was read, quietly."""
        self.delimiter.set_name(form.delimiter)
        self.decimal.set_name(form.decimal)
        self.encoding.set_name(form.encoding)
        self.quote.set_name(form.quote)
        with QSignalBlocker(self.header):
            self.header.setChecked(form.has_header)

    def _notice(self) -> None:
        delimiter, decimal, encoding, quote = (choice.currentData() for choice in self._lists)
        self.changed.emit(TextFormat(encoding, delimiter, quote, decimal, self.header.isChecked()))
