"""The explorers: what activations and losses do by themselves, and where this network is on them."""
