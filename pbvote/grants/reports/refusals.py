"""What is refused about reports, each with its sentence. The page of a refusal shows what was typed, to copy."""

import datetime as dt

from pbvote.core.money import format_money
from pbvote.errors import Refusal
from pbvote.filters import day


class NotReportable(Refusal):
    """A report is about a grant that the group has accepted and that is not closed."""

    def __init__(self) -> None:
        super().__init__("This grant is not accepted, or it is closed. There is nothing to report.")


class AlreadySent(Refusal):
    """An award has one report."""

    def __init__(self) -> None:
        super().__init__("The report about this grant is sent already. Is something in it wrong? Ask to correct it.")


class GrantClosed(Refusal):
    """A report of a closed grant is corrected once the grant is open again."""

    def __init__(self) -> None:
        super().__init__("This grant is closed. An officer opens it again first, and says why.")


class NotSent(Refusal):
    """Only a report that was sent is corrected."""

    def __init__(self) -> None:
        super().__init__("There is no report to correct.")


class OpenAlready(Refusal):
    """A report that is open to be corrected need not be opened."""

    def __init__(self) -> None:
        super().__init__("This report is open already, and can be corrected.")


class ReportNotOpen(Refusal):
    """Somebody has corrected the report, or an officer has let it be."""

    def __init__(self) -> None:
        super().__init__("This report is not open to be corrected. Look at the page again.")


class LessLeftThanCameBack(Refusal):
    """What has come back was left."""

    status = 422

    def __init__(self, came_pence: int, currency: str) -> None:
        super().__init__(f"{format_money(came_pence, currency)} has come back already. Enter that or more")


class ReceiptsAsked(Refusal):
    """A group is asked once for its receipts."""

    def __init__(self) -> None:
        super().__init__("This group is asked for its receipts already.")


class ReceiptsNotAsked(Refusal):
    """Nobody asks this group for its receipts."""

    def __init__(self) -> None:
        super().__init__("Nobody asks this group for its receipts any more. Look at the page again.")


class FormerContact(Refusal):
    """Somebody else speaks for the group now."""

    status = 403

    def __init__(self) -> None:
        super().__init__(
            "You no longer speak for this group, so we can’t take this from you. "
            "Ask the group’s contact to send it. What you saved before is kept in their draft."
        )


class FormerMentor(Refusal):
    """Another member stays with the group now, or nobody."""

    def __init__(self) -> None:
        super().__init__("You do not stay with this group any more. Give an organiser what the group told you.")


class DraftMoved(Refusal):
    """Somebody else has saved the draft meanwhile."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody has changed this report since you opened it. Open it again, and put in what you want to add."
        )


class NotYourVisit(Refusal):
    """Only a visit that the group can read is its report, and only for a small award."""

    def __init__(self) -> None:
        super().__init__("This visit can’t be your report. Look at the page again.")


class OverTheAward(Refusal):
    """More was spent than the group had."""

    status = 422

    def __init__(self, spent_pence: int, had_pence: int, currency: str) -> None:
        spent, had = (format_money(pence, currency) for pence in (spent_pence, had_pence))
        super().__init__(f"These figures come to {spent}, and you had {had}. Enter only what the grant paid for")


class DoesNotAddUp(Refusal):
    """What was spent and what is left are not what the group had."""

    status = 422

    def __init__(self, spent_pence: int, left_pence: int, had_pence: int, currency: str) -> None:
        spent, left, had, both = (
            format_money(pence, currency) for pence in (spent_pence, left_pence, had_pence, spent_pence + left_pence)
        )
        super().__init__(f"You spent {spent}, and {left} is left: together {both}. You had {had}")


class MoreLeftThanHad(Refusal):
    """More is left than the group had."""

    status = 422

    def __init__(self, had_pence: int, currency: str) -> None:
        super().__init__(f"You had {format_money(had_pence, currency)}, so no more than that can be left")


class ReceiptsMissing(Refusal):
    """A line has no receipt, or a report without lines has none at all, and nobody has said why."""

    status = 422

    def __init__(self, whats: list[str]) -> None:
        named = f"the receipt for {' and '.join(f'“{what}”' for what in whats)}" if whats else "a receipt"
        super().__init__(f"Add a photo of {named} below, or say here why there is none")


class NoReceiptsAsked(Refusal):
    """The grant is so small that its report has no figures."""

    def __init__(self) -> None:
        super().__init__("We ask for no receipts of this grant, so this one is not stored. Please keep it.")


class AlreadyThanked(Refusal):
    """The first thank-you is the one that the group reads."""

    def __init__(self) -> None:
        super().__init__("Somebody has thanked this group meanwhile. It reads the first answer.")


class NothingToSettle(Refusal):
    """No money is left, or an officer has agreed already."""

    def __init__(self) -> None:
        super().__init__("Somebody has agreed meanwhile what becomes of this money. Look at the page again.")


class UseNoted(Refusal):
    """What a report was used for is said once, after the thank-you."""

    def __init__(self) -> None:
        super().__init__("Thank the group first. Where its report was used is then said once.")


class AskedAlready(Refusal):
    """The group has asked the same, and nobody has answered yet."""

    def __init__(self) -> None:
        super().__init__("Your group has asked this already. We answer that first.")


class ChangeAnswered(Refusal):
    """The first answer is the one that the group reads."""

    def __init__(self) -> None:
        super().__init__("Somebody has answered this meanwhile. The group reads the first answer.")


class NothingToChange(Refusal):
    """The grant is over, however it ended."""

    def __init__(self) -> None:
        super().__init__("This grant is closed, or the group gave it back. Nothing of it changes any more.")


class NotLater(Refusal):
    """More time means a later day."""

    status = 422

    def __init__(self, ends_on: dt.date) -> None:
        super().__init__(f"Your project has time until {day(ends_on)}. Enter a later day")


class MoreThanAwarded(Refusal):
    """Nobody moves more than they were awarded."""

    status = 422

    def __init__(self, award_pence: int, currency: str) -> None:
        super().__init__(f"Your grant is {format_money(award_pence, currency)}. Enter that or less")


class ReasonNeeded(Refusal):
    """A large change goes into the record with its reason."""

    status = 422

    def __init__(self) -> None:
        super().__init__("This is more than 10 % of the grant. Say for the record why you agree")


class NotReadyToClose(Refusal):
    """Something of the checklist is open."""

    status = 422


class ClosedMeanwhile(Refusal):
    """Somebody has closed the grant, reopened it, or moved its money."""

    def __init__(self) -> None:
        super().__init__("Somebody has changed something about this grant meanwhile. Look at it again.")
