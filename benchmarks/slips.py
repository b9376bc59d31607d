"""How long a sheet of slips takes: `python -m benchmarks.slips` writes it into benchmarks/README.md."""

import resource
import tempfile
import time
from pathlib import Path

from flask_migrate import upgrade

from benchmarks.page import machine, write_section
from pbvote.app import create_app
from pbvote.db import begin_write, db
from pbvote.demonstration.service import load_demonstration
from pbvote.vote.events.service import event_called
from pbvote.vote.slips.printing import make_slips
from pbvote.vote.slips.sheets.slips import slip_sheets

NUMBERS = (100, 500, 2000)
HEAD = "| slips | codes made and stored | sheets | file | peak memory so far |"


def main() -> None:
    """Make and print slips of the demonstration's open event, in a throw-away database."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(
            {
                "INSTANCE_PATH": folder,
                "DATABASE_URL": f"sqlite:///{folder}/pbvote.sqlite",
                "KEYS_DIR": Path(folder, "keys"),
            }
        )
        with app.app_context():
            upgrade()
            begin_write()
            load_demonstration(password_hash="!")
            db.session.commit()
            table = [
                "| slips | codes made and stored | sheets | file | peak memory so far |",
                "| --- | --- | --- | --- | --- |",
            ]
            table += [_row(number) for number in NUMBERS]
    text = "\n".join(table)
    write_section("slips", f"Measured on {machine()}.\n\n{text}")
    print(text)


def _row(number: int) -> str:
    began = time.perf_counter()
    begin_write()
    event = event_called("sale-2014")
    if event is None:
        raise LookupError("sale-2014")
    slips = make_slips(event, number, None)
    db.session.commit()
    made = time.perf_counter()
    pdf = slip_sheets(event, slips)
    printed = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"| {number:,} | {made - began:.2f} s | {printed - made:.2f} s | {len(pdf) / 2**20:.1f} MB | {peak:.0f} MB |"


if __name__ == "__main__":
    main()
