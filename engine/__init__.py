"""The neural network of Descent: experiments, data, kernels and training, with no window anywhere."""

__version__ = "0.1.0"
