"""What the card beside the mouse says about a unit, a weight, a bias or a feature. Pure content, no widgets."""

from dataclasses import dataclass, field

from app.frame import Frame
from app.views.decision.shapes import class_name
from app.views.network.formulas import activation_text, inputs_note, numeric, symbolic
from app.views.network.hit_testing import Target
from app.views.parameter_text import (
    Place,
    connection,
    index_of,
    number_text,
    place_of,
    symbol,
    title,
    unit_name,
    unit_place,
)
from app.views.quantities import GRADIENTS, UPDATES, WEIGHTS, value_text
from engine.activations import ACTIVATIONS
from engine.features import FEATURES
from engine.parameters import Layout
from engine.tasks import TASKS


@dataclass(frozen=True)
class Card:
    """A title, what it is about, formulas, rows of a name and a number, and a closing remark or a problem."""

    title: str
    about: str = ""
    formulas: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    rows: tuple[tuple[str, str], ...] = field(default=())
    remark: str = ""
    problem: str = ""


def card_of(target: Target, layout: Layout, frame: Frame | None) -> Card:
    """Return the card of ``target``; without a frame it shows no numbers."""
    if target.kind == "feature":
        return _feature_card(target.index, layout)
    if target.kind == "unit":
        return _unit_card(target.index, layout, frame)
    return _parameter_card(target.index, layout, frame)


def target_name(target: Target, layout: Layout, frame: Frame | None) -> str:
    """Return one line about ``target``, for the status bar and for screen readers."""
    if target.kind == "feature":
        feature = FEATURES.entries[target.index]
        state = "an input of the network" if feature.name in layout.features else "switched off"
        return f"Feature {feature.label}, {state}. {feature.remark}"
    if target.kind == "unit":
        layer, number = unit_place(layout, target.index)
        name = unit_name(layout, layer, number)
        if layer < 0:
            return f"Feature {name}."
        return f"{name[0].upper()}{name[1:]}: {_activation_of(layout, layer, number, frame)}."
    place = place_of(layout, target.index)
    value = f", value {number_text(float(frame.parameters[target.index]))}" if frame else ""
    return f"{title(place)} {connection(layout, place)}{value}."


def _feature_card(slot: int, layout: Layout) -> Card:
    feature = FEATURES.entries[slot]
    if feature.name not in layout.features:
        return Card(f"Feature {feature.label}", remark=f"{feature.remark} Click to feed it to the network.")
    return Card(
        f"Feature {feature.label}", "an input of the network", remark=f"{feature.remark} Click to switch it off."
    )


def _unit_card(unit: int, layout: Layout, frame: Frame | None) -> Card:
    layer, number = unit_place(layout, unit)
    name = unit_name(layout, layer, number)
    if layer < 0:
        return Card(f"Feature {name}", "an input of the network")
    shape = layout.layers[layer]
    formulas = [symbolic(layout, layer, number)]
    rows = []
    bias = index_of(layout, Place(layer, number, -1))
    if frame is not None:
        formulas.append(numeric(layout, frame.parameters, layer, number))
        if bias >= 0:
            rows = [
                (f"Bias {symbol(Place(layer, number, -1))}", number_text(float(frame.parameters[bias]))),
                ("Its gradient", value_text(frame, GRADIENTS, bias)),
            ]
    formulas.append(_activation_of(layout, layer, number, frame))
    notes = [inputs_note(layout, layer)]
    if shape.dropout:
        notes.append(f"left out in {100.0 * shape.dropout:.3g} % of the training steps (dropout)")
    return Card(
        "Output" if name == "the output" else f"{name[0].upper()}{name[1:]}",
        _about(layout, layer, number, frame),
        tuple(formulas),
        tuple(note for note in notes if note),
        tuple(rows),
    )


def _activation_of(layout: Layout, layer: int, number: int, frame: Frame | None) -> str:
    shape = layout.layers[layer]
    is_output = layer == len(layout.layers) - 1
    task = frame.experiment.data.task if frame is not None else ""
    return activation_text(
        shape.activation,
        is_output=is_output,
        number=number if is_output and shape.outputs > 1 else -1,
        alpha=shape.alpha,
        # Nothing is predicted by an embedding: y is a place.
        letter="y" if task == "embedding" else "ŷ",
    )


def _about(layout: Layout, layer: int, number: int, frame: Frame | None) -> str:
    """Return the kind of unit, and for one of several outputs what it stands for."""
    kind = f"{ACTIVATIONS[layout.layers[layer].activation].label} activation"
    if frame is None or layer < len(layout.layers) - 1:
        return kind
    task, count = TASKS[frame.experiment.data.task], layout.layers[layer].outputs
    if task.outputs_each:
        name = class_name(number, count, frame.experiment.data.shown_class_names)
        return f"class {name} · {kind}"
    return f"coordinate {number + 1} of the embedding · {kind}" if task.name == "embedding" else kind


def _parameter_card(index: int, layout: Layout, frame: Frame | None) -> Card:
    place = place_of(layout, index)
    rows: tuple[tuple[str, str], ...] = ()
    if frame is not None:
        rows = (
            ("Value", value_text(frame, WEIGHTS, index)),
            ("Gradient", value_text(frame, GRADIENTS, index)),
            ("Last update", value_text(frame, UPDATES, index)),
        )
    return Card(title(place), connection(layout, place), rows=rows, remark="Click to type a value.")
