"""Locks between windows and between processes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.files.file_lock import FileLock

ROOT = Path(__file__).parents[3]
HOLD = "import sys; from pathlib import Path; from app.files.file_lock import FileLock\n"
HOLD += "lock = FileLock.acquire(Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"


def test_one_window_has_it_until_it_gives_it_up(tmp_path):
    path = tmp_path / "a.lock"
    lock = FileLock.acquire(path)
    assert lock is not None
    assert FileLock.acquire(path) is None
    lock.release()
    assert path.exists()
    again = FileLock.acquire(path)
    assert again is not None
    again.release(remove=True)
    assert not path.exists()


def test_a_process_that_is_killed_loses_its_lock(tmp_path):
    path = tmp_path / "a.lock"
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        assert FileLock.acquire(path) is None
    finally:
        process.kill()
        process.communicate()
    lock = FileLock.acquire(path)
    assert lock is not None
    lock.release(remove=True)


@pytest.mark.skipif(sys.platform == "win32", reason="an open file cannot be removed on Windows")
def test_a_lock_on_a_file_that_was_removed_meanwhile_is_worth_nothing(tmp_path, monkeypatch):
    from app.files import file_lock

    path, first = tmp_path / "a.lock", FileLock.acquire(tmp_path / "a.lock")
    assert first is not None
    lock_for_real = file_lock._lock

    def removed_just_before(handle: int) -> bool:
        monkeypatch.setattr(file_lock, "_lock", lock_for_real)
        first.release(remove=True)
        return lock_for_real(handle)

    monkeypatch.setattr(file_lock, "_lock", removed_just_before)
    second = FileLock.acquire(path)
    assert second is not None
    assert os.path.samestat(path.stat(), os.fstat(second._handle))
    assert FileLock.acquire(path) is None
    second.release()


def test_where_nothing_can_be_written_it_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        FileLock.acquire(tmp_path / "none" / "a.lock")
