import pytest

from engine.activations import ACTIVATIONS
from engine.command_line import FAMILIES
from engine.family import UnknownNameError
from engine.losses import LOSSES


def test_entry_is_found_by_name_label_and_alias_in_any_case() -> None:
    assert LOSSES["Binary Cross-Entropy"] is LOSSES["bce"] is LOSSES["binary_cross_entropy"]
    assert ACTIVATIONS["ReLU"].name == "relu"


def test_unknown_name_lists_the_names_there_are() -> None:
    with pytest.raises(UnknownNameError, match=r"There is no activation named “swish2”; choose linear, .* or softmax"):
        ACTIVATIONS["swish2"]


@pytest.mark.parametrize("family", FAMILIES.values(), ids=FAMILIES)
def test_every_entry_is_complete_and_no_name_means_two_things(family) -> None:
    names = [name for entry in family for name in {entry.name, entry.label.lower().replace(" ", "-"), *entry.aliases}]
    assert len(names) == len(set(names))
    for code, entry in enumerate(family):
        assert entry.label
        assert entry.remark.endswith((".", "?"))
        assert family.code(entry.name) == code
        assert getattr(entry, "formula", "x")
        assert getattr(entry, "source", "x")
