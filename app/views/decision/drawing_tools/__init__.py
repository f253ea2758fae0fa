"""The drawing tools of the picture: one class for each, from press to release."""
