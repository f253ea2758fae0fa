"""How far one can go back in a run, in words."""

FIRST = "This is the first iteration of the run: there is none before it."
OTHER_SETTINGS = "The run cannot go back further: its earlier steps were made with other settings."
THINNED = "older states are thinned, and what lies between is computed again, exactly"


def way_back(earliest_step: int) -> str:
    """Return how far one can go back if so many steps were completed before the earliest iteration: one sentence."""
    reason = ", where other settings ended" if earliest_step else ""
    return f"You can go back to iteration {earliest_step + 1:,}{reason}; {THINNED}."


def why_no_further(step: int) -> str:
    """Return why one cannot go back behind the beginning of the iteration that comes after ``step`` steps."""
    return OTHER_SETTINGS if step else FIRST
