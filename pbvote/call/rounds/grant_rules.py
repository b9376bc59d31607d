"""What a round asks of the groups that get its money, and what it says to those that do not."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Self

SECOND_PERSON_FROM, SECOND_PAYER_FROM = 2_000_00, 2_000_00
RECEIPTS_FROM = 250_00
PHOTO_REPORT_TO, PAGE_REPORT_TO = 500_00, 2_000_00
"""IVAR's open and trusting grant-making: small sums are asked for little, and only for what is read."""
LONE_VISITS = "Going alone? Tell somebody where you go and when you will be back. Meet where other people are."


@dataclass(frozen=True, slots=True)
class GrantRules:
    """A round's rules for after the vote. Amounts are pence."""

    photo_report_to_pence: int = PHOTO_REPORT_TO
    """Up to this award, a group sends a photo and two sentences."""
    page_report_to_pence: int = PAGE_REPORT_TO
    """Up to this award, it writes a page. Above it, the page has a figure for each line of the budget."""
    ends_on: dt.date | None = None
    """The last day of the projects; None where nobody has set it."""
    other_funds: str = ""
    """Where a group can ask that residents did not choose; "" where nobody has written it down."""
    instalments: bool = False
    """Whether an award may be paid in parts; else each is paid at once."""
    second_payer_from_pence: int = SECOND_PAYER_FROM
    """Once an award's payments pass this together, a second person confirms each."""
    second_person_from_pence: int = SECOND_PERSON_FROM
    """Above this, a second person of the group confirms that it accepts its award."""
    receipts_from_pence: int = RECEIPTS_FROM
    """Above this, a line of the budget has a photo of its receipt, where a report has figures."""
    lone_visits: str = LONE_VISITS
    """What a member does who visits a group alone."""
    safeguarding_name: str = ""
    safeguarding_phone: str = ""
    """Whom a member rings about a safeguarding concern; both "" where the round names nobody."""

    def asks_for(self, award_pence: int) -> str:
        """What a group is asked for at the end of its project, in the middle of a sentence."""
        if award_pence <= self.photo_report_to_pence:
            return "a photo and two sentences, or only your mentor’s visit"
        if award_pence <= self.page_report_to_pence:
            return "one page: what happened, how many people came, and what is left"
        return "one page, with a figure for each line of your budget"

    def asked_afterwards(self, money: Callable[[int], str]) -> list[str]:
        """What each size of award is asked for, in sentences for the call; `money` writes an amount of pence."""
        photo, page = self.photo_report_to_pence, self.page_report_to_pence
        small = f"Up to {money(photo)}: a photo and two sentences. If your mentor’s visit tells it all, nothing."
        medium = f"Up to {money(page)}: one page. What happened, how many people came, and what is left."
        large = (
            "Above that: the same page, with a figure for each line of your budget. "
            f"For lines above {money(self.receipts_from_pence)}, a photo of the receipt."
        )
        return [*([small] if photo else []), *([medium] if page > photo else []), large]

    def moved(self, later: Callable[[dt.date], dt.date]) -> Self:
        """The same rules, their last day moved on, for a round that is a copy."""
        return replace(self, ends_on=later(self.ends_on)) if self.ends_on else self

    def to_dict(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {
            "photo_report_to_pence": self.photo_report_to_pence,
            "page_report_to_pence": self.page_report_to_pence,
            "receipts_from_pence": self.receipts_from_pence,
            "ends_on": self.ends_on.isoformat() if self.ends_on else None,
            "other_funds": self.other_funds,
            "instalments": self.instalments,
            "second_payer_from_pence": self.second_payer_from_pence,
            "second_person_from_pence": self.second_person_from_pence,
            "lone_visits": self.lone_visits,
            "safeguarding_name": self.safeguarding_name,
            "safeguarding_phone": self.safeguarding_phone,
        }

    @classmethod
    def from_dict(cls, kept: dict[str, Any]) -> Self:
        """The rules that `to_dict` kept."""
        ends_on = kept["ends_on"]
        return cls(**{**kept, "ends_on": dt.date.fromisoformat(ends_on) if ends_on else None})
