"""The gradient view: every layer's weights, gradients or updates as a heat map, with its gradient norm."""
