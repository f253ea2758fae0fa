"""The network view: units with their fields, edges with their weights, and the controls that change both."""
