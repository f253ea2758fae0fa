"""Pixels as pictures."""

import gc

import numpy as np
from PySide6.QtGui import QImage

from app.pixels import image_of


def test_a_picture_has_the_colors_of_its_pixels_whatever_their_order_in_memory(qapp) -> None:
    pixels = np.array([[0xFFFF0000, 0xFF00FF00, 0xFF0000FF], [0xFF000000, 0xFFFFFFFF, 0xFF808080]], dtype=np.uint32)
    for given in (pixels, np.asfortranarray(pixels), np.repeat(pixels, 2, axis=1)[:, ::2]):
        image = image_of(given)
        assert (image.width(), image.height()) == (3, 2)
        assert [[image.pixel(x, y) for x in range(3)] for y in range(2)] == pixels.tolist()


def test_a_picture_keeps_its_pixels_alive(qapp) -> None:
    images = [image_of(np.full((64, 64), 0xFF123456 + number, dtype=np.uint32)) for number in range(50)]
    gc.collect()
    assert all(image.pixel(63, 63) == 0xFF123456 + number for number, image in enumerate(images))


def test_pixels_may_be_seen_through(qapp) -> None:
    image = image_of(np.zeros((2, 2), dtype=np.uint32), QImage.Format.Format_ARGB32_Premultiplied)
    assert image.pixelColor(1, 1).alpha() == 0
