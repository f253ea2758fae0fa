"""Drawing data with the mouse: plain arrays, no widgets."""
