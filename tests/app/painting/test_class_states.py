"""Locked classes cannot be touched, hidden ones neither seen nor touched; the eraser obeys."""

import numpy as np

from app.painting.class_states import ALL_OPEN, ClassStates
from app.painting.eraser import erasable, kept

TARGETS = np.array([0.0, 1.0, 2.0, 1.0])


def test_by_default_everything_may_be_done() -> None:
    assert ALL_OPEN.may_edit(TARGETS).all()
    assert ALL_OPEN.shown(TARGETS).all()
    assert ALL_OPEN.may_paint(3)


def test_a_locked_class_is_seen_but_not_edited() -> None:
    states = ALL_OPEN.with_locked(1, True)
    assert states.may_edit(TARGETS).tolist() == [True, False, True, False]
    assert states.shown(TARGETS).all()
    assert not states.may_paint(1)
    assert states.may_paint(0)
    assert states.with_locked(1, False) == ALL_OPEN


def test_a_hidden_class_is_neither_seen_nor_edited() -> None:
    states = ALL_OPEN.with_hidden(2, True)
    assert states.shown(TARGETS).tolist() == [True, True, False, True]
    assert states.may_edit(TARGETS).tolist() == [True, True, False, True]
    assert not states.may_paint(2)
    assert states.with_hidden(2, False) == ALL_OPEN


def test_what_is_said_of_classes_that_are_gone_is_forgotten() -> None:
    assert ClassStates(frozenset((1, 5)), frozenset((4, 0))).among(2) == ClassStates(frozenset((1,)), frozenset((0,)))


def test_the_eraser_takes_one_class_or_all_but_no_locked_one() -> None:
    points = np.zeros((4, 2))
    assert kept(points, 0.0, 0.0, 1.0, erasable(TARGETS, ALL_OPEN)).tolist() == [False] * 4
    assert kept(points, 0.0, 0.0, 1.0, erasable(TARGETS, ALL_OPEN, only=1)).tolist() == [True, False, True, False]
    locked = ALL_OPEN.with_locked(1, True)
    assert kept(points, 0.0, 0.0, 1.0, erasable(TARGETS, locked)).tolist() == [False, True, False, True]
    assert kept(points, 0.0, 0.0, 1.0, erasable(TARGETS, locked, only=1)).all()
    # What may be erased stays all the same where the eraser does not come.
    assert kept(points, 3.0, 0.0, 1.0, erasable(TARGETS, ALL_OPEN)).all()
