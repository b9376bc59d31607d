"""The app that a web server loads is out of the garbage collector's way."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_what_a_server_loads_is_frozen(tmp_path: Path) -> None:
    asked = "import gc, sys, wsgi; print(gc.get_freeze_count(), 'flask' in sys.modules)"
    setting = {"PBVOTE_INSTANCE_PATH": str(tmp_path), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", asked]
    told = subprocess.run(command, env=setting, cwd=tmp_path, capture_output=True, text=True, check=True)
    frozen, has_flask = told.stdout.split()
    assert has_flask == "True"
    assert int(frozen) > 100_000
