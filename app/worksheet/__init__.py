"""An iteration on paper: the network, the given numbers, each phase's formulas, with blanks or with the answers."""
