"""A grant as 360Giving data tells it: the fields of its schema 1.4, which standard.threesixtygiving.org explains."""

import datetime as dt
from typing import Any, Final

from pbvote.addresses import funded_group_public_page, giving_page, money_page
from pbvote.core.clock import UK
from pbvote.core.registered import Register
from pbvote.public_account.figures.grants import StandingGrant
from pbvote.public_account.giving.funder import Funder

COUNTRY: Final = "GB"
WARD: Final = "WD"
"""The code of wards in 360Giving's list of kinds of places."""
LOCAL_AREA: Final = "GLS060"
"""The code of a small area in its list of scopes."""
VOTED: Final = "Chosen by a vote of residents"
_CHARITIES: Final = (Register.ENGLAND_AND_WALES, Register.SCOTLAND, Register.NORTHERN_IRELAND)


def identifier(grant: StandingGrant, funder: Funder) -> str:
    """What the grant is called everywhere and for good."""
    return f"{funder.prefix}-{grant.award_id}"


def organisation_id(grant: StandingGrant, funder: Funder) -> str:
    """The group's public identifier; one of the council's own where it has no number."""
    if grant.registered.startswith(tuple(f"{register}-" for register in Register)):
        return grant.registered
    return f"{funder.prefix}-org-{grant.group_id}" if grant.group_id else f"{funder.prefix}-bid-{grant.bid_id}"


def grant_object(grant: StandingGrant, funder: Funder) -> dict[str, Any]:
    """The grant as an object of the JSON file."""
    return {
        "id": identifier(grant, funder),
        "title": grant.project,
        "description": grant.summary or grant.project,
        "currency": grant.currency,
        **({"amountAppliedFor": pounds(grant.asked)} if grant.asked else {}),
        "amountAwarded": pounds(grant.awarded),
        "amountDisbursed": pounds(grant.paid),
        "awardDate": grant.decided_on.isoformat(),
        "url": funded_group_public_page(grant.award_id),
        "plannedDates": [_dates(*planned(grant))],
        **({"actualDates": [_dates(*ran)]} if (ran := actual(grant)) else {}),
        "recipientOrganization": [_organisation(grant, funder)],
        "beneficiaryLocation": [_place(grant)],
        "locationScope": LOCAL_AREA,
        "fundingOrganization": [{"id": funder.id, "name": funder.name, "department": funder.department}],
        "grantProgramme": [{"code": grant.round_slug, "title": grant.round, "url": money_page(grant.round_slug)}],
        "fromOpenCall": "Yes",
        "classifications": list(_classes(grant)),
        **({"relatedActivity": related(grant, funder)} if grant.others else {}),
        "dateModified": moment(grant.changed_at),
        "dataSource": giving_page(),
    }


def planned(grant: StandingGrant) -> tuple[dt.date, dt.date]:
    """From the day on which the group said yes, or heard, to the last day as it was promised."""
    return _begins(grant), grant.promised_end or grant.ends_on


def actual(grant: StandingGrant) -> tuple[dt.date, dt.date] | None:
    """The same of a grant that is closed, to the day on which it was; None of any other."""
    return (_begins(grant), grant.closed_at.astimezone(UK).date()) if grant.closed_at else None


def _begins(grant: StandingGrant) -> dt.date:
    return grant.accepted_at.astimezone(UK).date() if grant.accepted_at else grant.told_on


def _dates(first: dt.date, last: dt.date) -> dict[str, str]:
    return {"startDate": first.isoformat(), "endDate": last.isoformat()}


def numbers(grant: StandingGrant) -> dict[str, str]:
    """The group's charity or company number, under the schema's name for it."""
    for register in Register:
        if grant.registered.startswith(f"{register}-"):
            name = "charityNumber" if register in _CHARITIES else "companyNumber"
            return {name: grant.registered.removeprefix(f"{register}-")}
    return {}


def _organisation(grant: StandingGrant, funder: Funder) -> dict[str, Any]:
    place = {"postalCode": grant.district} if grant.district else {}
    return {"id": organisation_id(grant, funder), "name": grant.group, **numbers(grant), **place}


def _place(grant: StandingGrant) -> dict[str, str]:
    """The ward that the group has named in the directory; else the locality whose residents chose it."""
    if not grant.ward:
        return {"name": grant.locality, "countryCode": COUNTRY}
    code = {"geoCode": grant.ward_code, "geoCodeType": WARD} if grant.ward_code else {}
    return {"name": grant.ward, "countryCode": COUNTRY, **code}


def _classes(grant: StandingGrant) -> list[dict[str, str]]:
    """Out of whose share it came, who chose it, and what it is about."""
    who = ("members", "Chosen by members of the partnership") if grant.chosen_by_members else ("vote", VOTED)
    found = [("Locality", grant.locality_slug, grant.locality), ("How it was chosen", *who)]
    if grant.theme:
        found.append(("Theme", grant.theme.value, grant.theme.words))
    return [{"vocabulary": vocabulary, "code": code, "title": title} for vocabulary, code, title in found]


def related(grant: StandingGrant, funder: Funder) -> list[str]:
    """The grants out of other shares for the same bid."""
    ids = sorted(map(int, grant.others.split(",")))
    return [f"{funder.prefix}-{award_id}" for award_id in ids]


def pounds(pence: int) -> int | float:
    """An amount as a JSON number: 284, or 3043.69."""
    return pence / 100 if pence % 100 else pence // 100


def moment(value: dt.datetime) -> str:
    """``2014-07-12T13:30:00Z``."""
    return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
