"""Keeps what the network shows of an iteration, and works it out anew only when something of it has changed."""

from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from app.stepping.state import StepState
from app.theme import Theme
from app.views.network.geometry import Arrangement
from app.views.network.scene import Scene
from app.views.network.stage import Stage, stage_of, staged
from app.views.network.stage_labels import LabelPlacer, PlacedLabel
from app.views.network.stage_painting import label_font, paint_stage, paint_stage_labels, paint_veil
from engine.parameters import Layout


class StageLayer:
    """Nothing until it has a state; then the stage of the arrangement that it was last prepared for."""

    def __init__(self) -> None:
        self._state: StepState | None = None
        self._key: tuple[object, ...] = ()
        self._stage: Stage | None = None
        self._labels: tuple[PlacedLabel, ...] = ()

    @property
    def state(self) -> StepState | None:
        """The place in the iteration; None while there is nothing to show."""
        return self._state

    @property
    def labels(self) -> tuple[PlacedLabel, ...]:
        """What is written, and where, since it was last prepared."""
        return self._labels

    def set_state(self, state: StepState | None) -> bool:
        """Take the place to show; return whether that changes anything."""
        if state is not None and (state.trace is None or state.explanation is None):
            state = None
        changed = state is not self._state
        self._state = state
        return changed

    def prepare(self, arrangement: Arrangement, layout: Layout, theme: Theme, font: QFont) -> Stage | None:
        """Return what is brought out, worked out anew if anything of this has changed; None for nothing."""
        if self._state is None:
            self._key, self._stage, self._labels = (), None, ()
            return None
        key = (self._state, arrangement, layout, theme, font)
        if (
            not self._key
            or any(new is not old for new, old in zip(key[:2], self._key[:2], strict=True))
            or (key[2:] != self._key[2:])
        ):
            self._key = key
            self._stage = stage_of(self._state, layout, arrangement)
            self._labels = ()
            if self._stage is not None:
                metrics = QFontMetricsF(label_font(font, theme))
                self._labels = LabelPlacer(arrangement, layout, metrics, theme.text_scale).place(self._stage)
        return self._stage

    def scene(self, scene: Scene, arrangement: Arrangement) -> Scene:
        """Return ``scene`` with what takes part brought out; itself if there is no stage."""
        return scene if self._stage is None else staged(scene, self._stage, arrangement)

    def paint_veil(self, painter: QPainter, arrangement: Arrangement, theme: Theme) -> None:
        """Hide in part what is not known yet; what is written by the units comes over it."""
        if self._stage is not None:
            paint_veil(painter, arrangement, theme, self._stage)

    def paint(self, painter: QPainter, arrangement: Arrangement, theme: Theme) -> None:
        """Paint what lies over edges and units, but not the numbers."""
        if self._stage is not None:
            paint_stage(painter, arrangement, theme, self._stage, self._labels)

    def paint_labels(self, painter: QPainter, theme: Theme, font: QFont) -> None:
        """Write the numbers, over everything."""
        if self._stage is not None:
            paint_stage_labels(painter, theme, font, self._labels)
