"""Open and save experiments."""
