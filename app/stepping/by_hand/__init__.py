"""What of an iteration can be worked out by hand: its equations, with blanks, and the usual slips."""
