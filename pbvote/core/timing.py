"""A timer that one person starts and many people watch: nobody counts seconds, everybody subtracts moments."""

import datetime as dt
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Timer:
    """How long somebody may speak, and has spoken. It has no end: past its time it counts on."""

    allowed_seconds: int
    spent_seconds: float = 0
    """What was spent before it was started last."""
    since: dt.datetime | None = None
    """Since when it runs; None while it stands."""

    @property
    def is_running(self) -> bool:
        """Whether it runs."""
        return self.since is not None

    def spent(self, moment: dt.datetime) -> float:
        """Seconds spent by then. A clock that was put back takes nothing away."""
        running = max(0.0, (moment - self.since).total_seconds()) if self.since else 0.0
        return self.spent_seconds + running

    def left(self, moment: dt.datetime) -> float:
        """Seconds left; below nought, how long somebody has spoken beyond their time."""
        return self.allowed_seconds - self.spent(moment)

    def started(self, moment: dt.datetime) -> "Timer":
        """The same, running. One that runs already stays as it is."""
        return self if self.is_running else replace(self, since=moment)

    def paused(self, moment: dt.datetime) -> "Timer":
        """The same, standing."""
        return replace(self, spent_seconds=self.spent(moment), since=None)

    def lengthened(self, seconds: int) -> "Timer":
        """The same with more time, or with less where `seconds` is below nought; never less than none."""
        return replace(self, allowed_seconds=max(0, self.allowed_seconds + seconds))
