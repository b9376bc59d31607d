"""What an organiser is told of a day that does not fit."""

from pbvote.core.timetable import Timetable
from pbvote.filters import hour


def what_does_not_fit(times: Timetable) -> list[str]:
    """What an organiser should change, a sentence for each."""
    found = []
    if times.minutes_to_vote < 1:
        found.append("Voting would close before it opens. End the event later, or shorten the welcome or the count.")
    if times.minutes_over:
        found.append(
            f"The result comes at {hour(times.result_at)} and takes some 10 minutes. The event ends at "
            f"{hour(times.ends_at)}. End it later, start it earlier, or shorten the pitches."
        )
    return found
