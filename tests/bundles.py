"""Audit bundles, for tests: read, changed and recounted."""

import importlib.util
import io
import zipfile
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from pbvote.tally import TieKey
from pbvote.vote.audit.bundle import ENCLOSED

DRAWN = (TieKey.CHEAPER, TieKey.VOTES, TieKey.DRAW)


def contents(bundle: Path) -> dict[str, str]:
    """The bundle's files."""
    with zipfile.ZipFile(bundle) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


Files = dict[str, str]


Main = Callable[[str], int]


@pytest.fixture(scope="module")
def main() -> Main:
    """The `main` of `recount.py`: the same as in a process of its own, and thousands of times in a minute."""
    spec = importlib.util.spec_from_file_location("recount", ENCLOSED / "recount.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: Main = module.main
    return found


def run(main: Main, files: Files, folder: Path) -> tuple[int, str]:
    """What the recount says of these files."""
    path = folder / "changed.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    said = io.StringIO()
    with redirect_stdout(said):
        status = main(str(path))
    return status, said.getvalue()
