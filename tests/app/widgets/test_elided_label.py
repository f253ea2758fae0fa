from PySide6.QtGui import QFont

from app.widgets.elided_label import ElidedLabel


def test_a_line_is_cut_to_the_room_there_is(qtbot):
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.resize(1000, 20)
    label.set_line("label noise 10 %, fold 2 of 5")
    assert label.text() == label.line() == "label noise 10 %, fold 2 of 5"
    label.show()
    label.resize(80, 20)
    assert label.text().endswith("…")
    assert label.fontMetrics().horizontalAdvance(label.text()) <= 80
    assert label.line() == label.accessibleName() == "label noise 10 %, fold 2 of 5"
    assert label.minimumSizeHint().width() == 0
    shown = label.text()
    font = QFont(label.font())
    font.setPointSizeF(2.0 * label.font().pointSizeF())
    label.setFont(font)
    assert len(label.text()) < len(shown)
