"""What the commands of timers have in common."""

from pbvote.db import begin_write, db
from pbvote.doctor.timers import note_command


def note_end(command: str) -> None:
    """Note in a transaction of its own that a command has run to its end."""
    begin_write()
    note_command(command)
    db.session.commit()
