"""The window of Descent: everything that needs Qt."""
