"""A family: the table of all activations, all losses, all optimizers … that one file lists."""

from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar


class UnknownNameError(ValueError):
    """A name that a family does not have; the message names the ones it has."""


class Entry(Protocol):
    """What every entry of every family has."""

    @property
    def name(self) -> str:
        """The name in files and on the command line."""

    @property
    def label(self) -> str:
        """The name people read."""

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other names that mean the same."""


E = TypeVar("E", bound=Entry)


class Family(Generic[E]):
    """An ordered, fixed table of entries of one kind.

    The place of an entry is its *code*, the number by which the compiled kernels know it.
    """

    def __init__(self, kind: str, entries: tuple[E, ...]) -> None:
        self.kind = kind
        self.entries = entries
        self._codes = {
            _key(name): code for code, entry in enumerate(entries) for name in (entry.name, entry.label, *entry.aliases)
        }

    def __iter__(self) -> Iterator[E]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._codes

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all entries, in order."""
        return tuple(entry.name for entry in self.entries)

    def code(self, name: str) -> int:
        """Return the place of the entry called ``name`` (its name, label or an alias; case does not matter).

        Raises:
            UnknownNameError: no entry has this name; the message lists the names there are.
        """
        code = self._codes.get(_key(name))
        if code is None:
            raise UnknownNameError(f"There is no {self.kind} named “{name}”; choose {_listed(self.names)}.")
        return code

    def __getitem__(self, name: str) -> E:
        return self.entries[self.code(name)]


def _key(name: str) -> str:
    return name.strip().lower().replace(" ", "-").replace("_", "-")


def _listed(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
