"""How long tables take to read, and how much memory: ``python -m tests.benchmarks.table_reading [--large]``.

Prints for a file of a million rows the time to read it, to suggest what to learn and to make points of it, the peak of
memory over what the program takes anyway, and how long a thread that wants to act every 16 ms has to wait meanwhile.
With ``--large`` for a file of 500 MB, too.
"""

import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy as np

from engine.datasets.tables import read_table, suggest, to_points

ROWS = 1_000_000
TICK = 0.016
# As in the window.
SWITCH_INTERVAL = 0.0002


def write_points(path: Path) -> None:
    """Write a million points of two classes, every digit of them."""
    values = np.random.default_rng(0).normal(size=(ROWS, 2)).tolist()
    with path.open("w", encoding="utf-8") as file:
        file.write("x1,x2,class\n")
        file.writelines(f"{a!r},{b!r},{'ab'[a > b]}\n" for a, b in values)


def write_wide(path: Path, megabytes: int) -> None:
    """Write rows of 24 columns with a decimal comma, in Latin-1, up to so many megabytes."""
    values = np.random.default_rng(0).normal(size=(2_000, 23))
    names = ";".join(f"Größe {number}" for number in range(23))
    rows = "".join(
        ";".join(f"{v:.6f}" for v in row).replace(".", ",") + f";Art {k % 5}\n" for k, row in enumerate(values)
    )
    block = rows.encode("latin-1")
    with path.open("wb") as file:
        file.write(f"{names};Art\n".encode("latin-1"))
        for _ in range(megabytes * 1_000_000 // len(block)):
            file.write(block)


def peak() -> float:
    """Return the largest memory of this process so far, in megabytes."""
    status = Path("/proc/self/status")
    if status.exists():
        # What the system calls the largest so far may be that of the process which started this one.
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return float(lines["VmHWM"].split()[0]) / 1024.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0


def measure(path: Path) -> None:
    """Read ``path`` on a thread, while this one wakes up every 16 ms, and print what it took."""
    sys.setswitchinterval(SWITCH_INTERVAL)
    before = peak()
    took: dict[str, float] = {}
    result = []

    def work() -> None:
        start = time.perf_counter()
        table = read_table(path)
        took["read"] = time.perf_counter() - start
        choice = suggest(table)
        took["suggest"] = time.perf_counter() - start - took["read"]
        result.append((table.row_count, to_points(table, choice)))
        took["points"] = time.perf_counter() - start - took["read"] - took["suggest"]

    thread = threading.Thread(target=work)
    late = []
    thread.start()
    while thread.is_alive():
        start = time.perf_counter()
        time.sleep(TICK)
        late.append(time.perf_counter() - start - TICK)
    rows, _ = result[0]
    size = path.stat().st_size / 1e6
    print(
        f"{path.name}: {size:.0f} MB, {rows:,} rows: read {took['read']:.2f} s ({size / took['read']:.0f} MB/s), "
        f"suggest {took['suggest']:.2f} s, points {took['points']:.2f} s; memory +{peak() - before:.0f} MB; "
        f"another thread waits {1e3 * np.percentile(late, 50):.1f} ms at the median, "
        f"{1e3 * np.percentile(late, 99):.1f} ms at p99, {1e3 * max(late):.0f} ms at most"
    )


def main() -> None:
    """Write the files and measure each in a process of its own, whose memory is its own, too."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / "points.csv"]
        write_points(files[0])
        if "--large" in sys.argv:
            files.append(Path(folder) / "wide.csv")
            write_wide(files[1], 500)
        for path in files:
            code = "import pathlib, sys; from tests.benchmarks.table_reading import measure; "
            code += "measure(pathlib.Path(sys.argv[1]))"
            subprocess.run([sys.executable, "-c", code, str(path)], check=True)


if __name__ == "__main__":
    main()
