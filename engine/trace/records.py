"""What a trace holds."""

from functools import cached_property

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.datasets.dataset import Array
from engine.experiment import Experiment
from engine.parameters import Layout


class LayerPass(msgspec.Struct, frozen=True, eq=False):
    """One layer on its way forward and backward; one column a sample. All arrays are read-only.

    Attributes:
        inputs: what comes in, shape (inputs, n): features, or what the layer below sends on.
        z: pre-activations, shape (units, n).
        a: activations f(z), shape (units, n).
        factors: what dropout multiplies the activations with, 0 or 1/(1 − rate), shape (units, n), or None.
        outputs: what is sent on, shape (units, n): the activations, after dropout.
        slopes: f′(z), shape (units, n); of softmax, whose units act on each other, the diagonal ∂aᵢ/∂zᵢ.
        upstream: ∂L/∂a of each sample's own loss, shape (units, n), for the activation before dropout.
        deltas: δ = ∂L/∂z of each sample's own loss, shape (units, n).
    """

    inputs: Array
    z: Array
    a: Array
    factors: Array | None
    outputs: Array
    slopes: Array
    upstream: Array
    deltas: Array


class Update(msgspec.Struct, frozen=True, eq=False):
    """From the mean gradient to the new parameters; vectors are flat, as in ``Layout``, and read-only.

    Attributes:
        gradient: of the mean loss over the batch.
        penalty: the gradient of the regularizers' penalty.
        bounded: their sum, each number clipped to ± clip_value.
        length: of that vector.
        applied: what the optimizer gets: ``bounded``, shortened to a length of clip_norm.
        rate: η of this step, after its schedule.
        number: t, how many steps the optimizer has made, this one included.
        settings: the optimizer's, in the order of its entry.
        state_before, state_after: its state vectors, shape (STATE_VECTORS, parameters).
        before: the parameters.
        stepped: the parameters after the optimizer's step.
        after: the parameters after max-norm, too: where the next step begins.
    """

    gradient: Array
    penalty: Array
    bounded: Array
    length: float
    applied: Array
    rate: float
    number: int
    settings: tuple[float, ...]
    state_before: Array
    state_after: Array
    before: Array
    stepped: Array
    after: Array

    @property
    def change(self) -> Array:
        """Δθ: what the step adds to the parameters."""
        return self.after - self.before


class Trace(msgspec.Struct, frozen=True, eq=False, dict=True):
    """One iteration, from its batch to the new parameters. All arrays are read-only.

    Losses on pairs and triplets look at two or three samples at a time: the *members* of a group, 1 everywhere else.
    A column (“sample”) is then a group.

    Attributes:
        experiment: what is trained.
        layout: the shape of its network.
        epoch: completed epochs before this iteration.
        step: completed steps before it.
        first: how many samples of the epoch came before its batch.
        size: how many samples the batch has.
        samples: numbers in the data set of the samples that are kept, shape (members, n).
        points: where the network sees them (jitter may have moved them), shape (members, 2, n).
        wanted: what is wanted of the network, shape (rows, n): a row an output, or one number a sample.
        passes: one a member; each has one entry a layer.
        losses: of each sample, shape (n,).
        loss: the mean over the whole batch, without the penalty.
        penalty: the regularizers' penalty.
        from_logits: whether the output's δ is computed from z at once, as cross-entropies with their partner are.
        update: what became of the gradient.
    """

    experiment: Experiment
    layout: Layout
    epoch: int
    step: int
    first: int
    size: int
    samples: NDArray[np.int64]
    points: Array
    wanted: Array
    passes: tuple[tuple[LayerPass, ...], ...]
    losses: Array
    loss: float
    penalty: float
    from_logits: bool
    update: Update

    @property
    def kept(self) -> int:
        """How many samples of the batch are taken apart; all of them unless it is very large."""
        return int(self.losses.size)

    @property
    def members(self) -> int:
        """How many samples the loss looks at at a time."""
        return len(self.passes)

    @cached_property
    def is_finite(self) -> bool:
        """Whether the step gives finite numbers; if not, the run stops before it."""
        with np.errstate(over="ignore", invalid="ignore"):
            # As the kernel looks at it: a gradient whose square is infinite is none to go on with.
            return bool(np.isfinite(np.sum(self.update.applied * self.update.applied + self.update.stepped)))

    def sample_gradient(self, sample: int) -> Array:
        """Return the gradient of the loss of one sample alone (of the kept ones), flat."""
        flat = np.zeros(self.layout.parameter_count)
        for layers in self.passes:
            for number, layer in enumerate(layers):
                self.layout.weights(flat, number)[:] += np.outer(layer.deltas[:, sample], layer.inputs[:, sample])
                if self.layout.layers[number].bias_start >= 0:
                    self.layout.biases(flat, number)[:] += layer.deltas[:, sample]
        return flat

    def weight_gradients(self, layer: int, unit: int, source: int) -> Array:
        """Return the gradient of one weight (``source`` −1: of the bias) for each kept sample, shape (n,)."""
        total = np.zeros(self.kept)
        for layers in self.passes:
            at = layers[layer]
            total += at.deltas[unit] * (at.inputs[source] if source >= 0 else 1.0)
        return total
