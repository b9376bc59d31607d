"""LibreOffice without a window: what an officer's spreadsheet makes of a file of ours."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

SECONDS = 120
CSV_OF_UTF8 = "44,34,76,1,,0,false,true,true,false,false,0"
"""Commas, quotation marks, UTF-8, from the first line, the first sheet; cells as they are shown."""

BRITISH = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/L10N">
<prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>en-GB</value></prop></item></oor:items>
"""


def saved_by_libreoffice(folder: Path, file: bytes, came_as: str, goes_as: str) -> bytes:
    """The file, opened and saved again. Without LibreOffice the test is skipped; with CI=true it fails."""
    return all_saved_by_libreoffice(folder, {"came": file}, came_as, goes_as)["came"]


def all_saved_by_libreoffice(
    folder: Path, files: Mapping[str, bytes], came_as: str, goes_as: str
) -> Mapping[str, bytes]:
    """The same of several files of one kind by their names, in one start."""
    if shutil.which("soffice") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("LibreOffice is not installed: run `make test` as root, or install libreoffice-calc-nogui")
        pytest.skip("LibreOffice is not installed")
    gone = folder / "saved"
    came = {name: folder / f"{name}.{came_as}" for name in files}
    for name, path in came.items():
        path.write_bytes(files[name])
    settings = folder / "profile" / "user" / "registrymodifications.xcu"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(BRITISH, encoding="utf-8")
    command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile"]
    command += [f"--infilter=CSV:{CSV_OF_UTF8}"] if came_as == "csv" else []
    filter_ = f"csv:Text - txt - csv (StarCalc):{CSV_OF_UTF8}" if goes_as == "csv" else goes_as
    command += ["--convert-to", filter_, "--outdir", str(gone), *map(str, came.values())]
    subprocess.run(command, check=True, timeout=SECONDS, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    saved = {path.stem: path.read_bytes() for path in gone.iterdir()}
    shutil.rmtree(gone)
    return saved
