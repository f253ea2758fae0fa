"""Makes the invented tables of this folder anew: ``python resources/tables/make_tables.py``."""

from pathlib import Path

import numpy as np

FOLDER = Path(__file__).resolve().parent
# kind: mean weight in grams, its spread, mean sugar in percent, its spread
FRUITS = {
    "apple": (180, 30, 11.5, 1.2),
    "lemon": (110, 18, 2.5, 0.6),
    "plum": (45, 9, 13.0, 1.8),
    "grape": (6, 1.2, 17.0, 1.5),
}


def fruits() -> str:
    """Return fruits with weight and sugar, as a spreadsheet of the European continent would write them."""
    random = np.random.default_rng(2)
    rows = []
    for kind, (weight, weight_spread, sugar, sugar_spread) in FRUITS.items():
        for _ in range(40):
            grams = f"{max(random.normal(weight, weight_spread), 2.0):.1f}".replace(".", ",")
            percent = f"{max(random.normal(sugar, sugar_spread), 0.5):.1f}".replace(".", ",")
            rows.append(f"{grams};{'' if random.uniform() < 0.03 else percent};{kind}")
    order = random.permutation(len(rows))
    return "\n".join(("weight (g);sugar (%);fruit", *(rows[k] for k in order))) + "\n"


def temperatures() -> str:
    """Return the noon temperature of every third day of a year somewhere in the temperate north."""
    random = np.random.default_rng(3)
    days = np.arange(1, 366, 3)
    degrees = 11.0 - 11.5 * np.cos(2.0 * np.pi * (days - 20) / 365.0) + random.normal(0.0, 2.6, len(days))
    return "\n".join(("day,temperature (°C)", *(f"{d},{t:.1f}" for d, t in zip(days, degrees, strict=True)))) + "\n"


if __name__ == "__main__":
    for name, text in (("fruits.csv", fruits()), ("temperatures.csv", temperatures())):
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
