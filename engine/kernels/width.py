"""How many numbers a lane value holds: chosen once, from the CPU."""

import llvmlite.binding

# Two registers of eight keep the arithmetic units of AVX-512 machines busier than one (1.4–1.6 times, measured);
# elsewhere eight lanes are already two (AVX2) or four (NEON, SSE2) registers.
WIDTH = 16 if llvmlite.binding.get_host_cpu_features().get("avx512f") else 8
# Units in lanes, for one sample at a time: layers are small, so one register of eight it is.
NARROW = 8
