"""Folders that stay."""

from pathlib import Path

import pytest

from pbvote.core import disks
from pbvote.core.disks import make_folder


def test_the_name_of_each_new_folder_is_flushed_where_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[Path] = []
    monkeypatch.setattr(disks, "sync_folder", flushed.append)
    for _ in range(2):  # once more finds nothing to do
        make_folder(tmp_path / "instance" / "keys")
    assert flushed == [tmp_path, tmp_path / "instance"]
    assert (tmp_path / "instance" / "keys").stat().st_mode & 0o777 == 0o700
