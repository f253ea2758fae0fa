"""A file is written whole or not at all: real failures on the way, and what is there afterwards."""

import errno
import os
import sys

import pytest

from engine.atomic_write import file_state, write_atomically

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="rights and limits work in another way on Windows")


def test_the_new_content_takes_the_place_of_the_old(tmp_path):
    path = tmp_path / "a"
    first = write_atomically(path, [b"one"])
    assert file_state(path) == first
    second = write_atomically(path, [b"two", b" and ", b"three"])
    assert path.read_bytes() == b"two and three"
    assert file_state(path) == second
    assert second.size == 13
    assert os.listdir(tmp_path) == ["a"]


def test_whatever_fails_on_the_way_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "a"
    write_atomically(path, [b"old"])

    def pieces():
        yield b"new"
        raise KeyError

    with pytest.raises(KeyError):
        write_atomically(path, pieces())
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a"]


@POSIX
def test_a_disk_that_gets_full_half_way(tmp_path):
    import resource

    path = tmp_path / "a"
    write_atomically(path, [b"old"])
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    # The system refuses every byte past this, as on a full disk.
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limits[1]))
    try:
        with pytest.raises(OSError, match="too large") as error:
            write_atomically(path, (b"x" * 10_000 for _ in range(100)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert error.value.errno == errno.EFBIG
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a"]


def test_nothing_is_promised_before_it_is_on_the_disk(tmp_path, monkeypatch):
    path = tmp_path / "a"
    write_atomically(path, [b"old"])

    def no_room(handle):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", no_room)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(path, [b"new"])
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a"]


@POSIX
def test_who_may_read_the_file_stays_as_it_was(tmp_path):
    path = tmp_path / "a"
    write_atomically(path, [b"old"])
    path.chmod(0o600)
    write_atomically(path, [b"new"])
    assert path.stat().st_mode & 0o777 == 0o600


@POSIX
def test_only_files_are_replaced(tmp_path):
    pipe, folder = tmp_path / "pipe", tmp_path / "folder"
    os.mkfifo(pipe)
    folder.mkdir()
    (tmp_path / "link").symlink_to(pipe)
    for place in (pipe, tmp_path / "link"):
        with pytest.raises(OSError, match="a device or a pipe, not a file"):
            write_atomically(place, [b"new"])
    with pytest.raises(IsADirectoryError):
        write_atomically(folder, [b"new"])
    assert pipe.is_fifo()
    assert sorted(os.listdir(tmp_path)) == ["folder", "link", "pipe"]


def test_a_file_that_is_protected_against_writing_is_not_replaced(tmp_path, monkeypatch):
    path = tmp_path / "a"
    write_atomically(path, [b"old"])
    # The administrator may write everything: ask in the name of somebody else.
    monkeypatch.setattr(os, "access", lambda target, mode: mode != os.W_OK)
    with pytest.raises(PermissionError):
        write_atomically(path, [b"new"])
    assert path.read_bytes() == b"old"


def test_the_state_tells_whether_somebody_else_has_written(tmp_path):
    path = tmp_path / "a"
    assert file_state(path) is None
    assert file_state(tmp_path) is None
    before = write_atomically(path, [b"same"])
    os.utime(path, ns=(0, before.modified + 1))
    assert file_state(path) != before
