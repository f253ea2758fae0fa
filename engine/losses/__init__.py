"""Loss functions: how wrong a prediction is.

Each is a mean over samples. Value and slope are written once, as plain NumPy expressions of target y and prediction p,
and serve as reference and as kernel. A loss that has a *partner* activation is computed from that activation's
pre-activation z, which stays exact where p rounds to 0 or 1.
"""

from engine.family import Family
from engine.losses.classification import BINARY_CROSS_ENTROPY, CLASSIFICATION
from engine.losses.groups import GROUPS
from engine.losses.loss import Loss, output_numbers
from engine.losses.regression import MEAN_SQUARED_ERROR, REGRESSION

__all__ = ["LOSSES", "Loss", "output_numbers"]

LOSSES = Family("loss", (MEAN_SQUARED_ERROR, BINARY_CROSS_ENTROPY, *REGRESSION, *CLASSIFICATION, *GROUPS))
