"""The compiled part of the engine: each formula of the families, on SIMD lanes."""

from engine.kernels.compile_all import warm_up

__all__ = ["warm_up"]
