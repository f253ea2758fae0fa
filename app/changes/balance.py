"""Shares of classes: changing one of them, and fitting them to another number of classes."""

# So that 1 − 0.7 is 0.3.
DIGITS = 9


def with_share(balance: tuple[float, ...], number: int, share: float) -> tuple[float, ...]:
    """Return the shares with that of class ``number`` at ``share`` (0 to 1) of all; the others keep their proportions.

    Equal shares come out as none.
    """
    others = sum(balance) - balance[number]
    rest = 1.0 - share
    # Where all others have nothing, each gets the same.
    changed = tuple(
        share if place == number else rest * (one / others if others else 1.0 / (len(balance) - 1))
        for place, one in enumerate(balance)
    )
    return _plain(changed)


def fitted(balance: tuple[float, ...], classes: int) -> tuple[float, ...]:
    """Return the shares for ``classes`` classes: those that go away are left out, new ones get a mean share."""
    if not balance or not any(balance[:classes]):
        return ()
    mean = sum(balance) / len(balance)
    return _plain((*balance[:classes], *[mean] * (classes - len(balance))))


def _plain(balance: tuple[float, ...]) -> tuple[float, ...]:
    total = sum(balance)
    shares = tuple(round(share / total, DIGITS) for share in balance)
    return () if len(set(shares)) == 1 else shares
