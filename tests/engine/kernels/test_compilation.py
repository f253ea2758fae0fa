"""The cache of compiled kernels, in processes of its own: a folder is chosen once, when the engine is imported."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine.kernels.compile_all import warm_up

SHOW = "from engine.kernels.compilation import CACHE_FOLDER; print(CACHE_FOLDER)"


def folder(cache: Path, code: str = SHOW, **variables: str) -> Path:
    result = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "DESCENT_CACHE_DIR": str(cache), **variables},
        capture_output=True,
        text=True,
        check=True,
    )
    return Path(result.stdout.strip().splitlines()[-1])


def test_kernels_are_kept_in_a_folder_named_after_the_sources(tmp_path: Path) -> None:
    first = folder(tmp_path)
    assert first.parent == tmp_path
    assert first.name.startswith("kernels-")
    assert folder(tmp_path) == first


def test_a_folder_that_cannot_be_written_is_replaced_by_a_temporary_one(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("a file, where a folder is wanted")
    chosen = folder(blocked, TMPDIR=str(tmp_path), TEMP=str(tmp_path), TMP=str(tmp_path))
    assert chosen.is_relative_to(tmp_path)
    assert not chosen.is_relative_to(blocked)


def test_warming_up_reports_what_comes_and_how_much_is_done() -> None:
    reports: list[tuple[str, float]] = []
    warm_up(lambda what, share: reports.append((what, share)))
    shares = [share for _, share in reports]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert all(what for what, share in reports if share < 1.0)


def test_warming_up_can_be_ended_between_two_kernels() -> None:
    def report(what: str, share: float) -> None:
        if share > 0.0:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        warm_up(report)
