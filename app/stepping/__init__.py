"""Walking through one iteration: where one stands, what is computed there, and in which words. Free of Qt."""
