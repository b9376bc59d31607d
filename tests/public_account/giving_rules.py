"""What the 360Giving schema 1.4 asks of a file, in our own words: only the fields that we write, and no others.

Its sources are `schema/360-giving-package-schema.json` and `schema/360-giving-schema.json` of the repository
ThreeSixtyGiving/standard: which fields are required, of which type each is, and how a date and an address look.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

Rule = Callable[[Any], bool]


def text(value: Any) -> bool:
    """A string."""
    return isinstance(value, str)


def number(value: Any) -> bool:
    """A number, and no yes or no."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def day(value: Any) -> bool:
    """``2014-07-12``, of a day that there is."""
    return text(value) and bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", value)) and bool(dt.date.fromisoformat(value))


def moment(value: Any) -> bool:
    """A moment of RFC 3339."""
    form = r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})"
    return text(value) and bool(re.fullmatch(form, value)) and bool(dt.datetime.fromisoformat(value))


def uri(value: Any) -> bool:
    """An address with a scheme and a host."""
    return text(value) and all(urlsplit(value)[:2]) and " " not in value


PERIOD = {"startDate": day, "endDate": day}
ORGANISATION = dict.fromkeys(("id", "name", "charityNumber", "companyNumber", "postalCode", "department"), text)
PLACE = dict.fromkeys(("name", "geoCode", "geoCodeType"), text) | {"countryCode": lambda value: value == "GB"}
GRANT: Mapping[str, Rule | list[Mapping[str, Rule]]] = {
    **dict.fromkeys(("id", "title", "description", "locationScope"), text),
    **dict.fromkeys(("amountAppliedFor", "amountAwarded", "amountDisbursed"), number),
    "currency": lambda value: value == "GBP",
    "awardDate": day,
    "url": uri,
    "plannedDates": [PERIOD],
    "actualDates": [PERIOD],
    "recipientOrganization": [ORGANISATION],
    "fundingOrganization": [ORGANISATION],
    "beneficiaryLocation": [PLACE],
    "grantProgramme": [{"code": text, "title": text, "url": uri}],
    "fromOpenCall": lambda value: value in {"Yes", "No"},
    "classifications": [dict.fromkeys(("vocabulary", "code", "title"), text)],
    "relatedActivity": lambda value: isinstance(value, list) and all(map(text, value)),
    "dateModified": moment,
    "dataSource": uri,
}
REQUIRED = frozenset(
    {
        *("id", "title", "description", "currency", "amountAwarded", "awardDate"),
        *("recipientOrganization", "fundingOrganization"),
    }
)
PACKAGE: Mapping[str, Rule] = {
    "version": lambda value: text(value) and bool(re.fullmatch(r"\d+\.\d+", value)),
    **dict.fromkeys(("title", "description", "identifier"), text),
    **dict.fromkeys(("downloadURL", "accessURL", "license"), uri),
    "issued": day,
    "modified": moment,
    "publisher": lambda value: text(value["name"]) and text(value["identifier"]) and uri(value["website"]),
    "grants": lambda value: isinstance(value, list) and len(value) > 0,
}


def errors_in(package: Mapping[str, Any]) -> list[str]:
    """What is wrong with a file; nothing where it is valid."""
    found = list(_broken("", package, PACKAGE))
    for at, grant in enumerate(package["grants"]):
        found += [f"grants/{at} lacks {name}" for name in REQUIRED - grant.keys()]
        found += _broken(f"grants/{at}/", grant, GRANT)
        for name in ("recipientOrganization", "fundingOrganization"):
            found += [
                f"grants/{at}/{name} has no id or name" for each in grant[name] if not each.keys() >= {"id", "name"}
            ]
    ids = [grant["id"] for grant in package["grants"]]
    return found + [f"{each} is there twice" for each in ids if ids.count(each) > 1]


def _broken(where: str, value: Mapping[str, Any], rules: Mapping[str, Any]) -> Iterator[str]:
    for name, held in value.items():
        rule = rules.get(name)
        if rule is None:
            yield f"{where}{name} is no field of the schema"
        elif isinstance(rule, list):
            if not (isinstance(held, list) and held):
                yield f"{where}{name} is no list"
            for at, each in enumerate(held):
                yield from _broken(f"{where}{name}/{at}/", each, rule[0])
        elif not rule(held):
            yield f"{where}{name} is wrong: {held!r}"
