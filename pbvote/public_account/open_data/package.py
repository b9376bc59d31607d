"""The tables described for programs, as a Data Package of frictionlessdata.io: each column in a sentence."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from flask import current_app

from pbvote.addresses import base_url
from pbvote.data_addresses import api_address, open_data_page
from pbvote.public_account.figures.shares import ShareFigures
from pbvote.public_account.giving.writing import FIELDS, LICENCE
from pbvote.public_account.outlines.sheet import COLUMNS as OUTLINE_COLUMNS
from pbvote.public_account.register.sheets import COLUMNS
from pbvote.spreadsheets.tables import Column, Kind

_TYPES: Final = {Kind.MONEY: "number", Kind.WHOLE: "integer", Kind.DAY: "date"}


def data_package(shares: Iterable[ShareFigures], *, is_given: bool, has_outlines: bool) -> dict[str, Any]:
    """Every table of grants and of votes that anybody may read now, and where the API is described."""
    return package_of([*_resources(shares, is_given=is_given, has_outlines=has_outlines), _api()])


def package_of(resources: Iterable[dict[str, Any]], **facts: str) -> dict[str, Any]:
    """A package of these resources: whose it is and under which licence, with facts of its own."""
    return {
        "profile": "data-package",
        "name": "grants-decided-by-residents",
        "title": f"Open data of {current_app.config['COUNCIL_NAME']}",
        "homepage": open_data_page(),
        "licenses": [{"name": "OGL-UK-3.0", "path": LICENCE, "title": "Open Government Licence 3.0"}],
        **facts,
        "resources": list(resources),
    }


def _resources(shares: Iterable[ShareFigures], *, is_given: bool, has_outlines: bool) -> Iterator[dict[str, Any]]:
    yield _resource("register", "Register of grants", "register/all/grants.csv", COLUMNS)
    if is_given:
        yield _resource("360giving", "360Giving data", "open/360giving.csv", [column for column, _ in FIELDS])
    if has_outlines:
        yield _resource("years", "Years in outline", "money/years/outlines.csv", OUTLINE_COLUMNS)
    for each in shares:
        slug = each.event.slug
        title = f"{each.event.name}: the bids, and what became of each"
        explained = f"What the columns say: {base_url()}/results/{slug}/data"
        yield _resource(f"bids-{slug}", title, f"results/{slug}/bids.csv") | {"description": explained}


def _api() -> dict[str, Any]:
    """What OpenAPI's own generators read."""
    form = {"format": "json", "mediatype": "application/vnd.oai.openapi+json", "encoding": "utf-8"}
    said = {"name": "api", "title": "The API, described in OpenAPI 3.1", "path": api_address("openapi.json")}
    return {"profile": "data-resource", **said, **form}


def _resource(name: str, title: str, path: str, columns: Sequence[Column] = ()) -> dict[str, Any]:
    form = {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
    said = {"name": name, "title": title, "path": f"{base_url()}/{path}", **form}
    if not columns:
        return {"profile": "data-resource", **said}
    return {"profile": "tabular-data-resource", **said, "schema": {"fields": [_field(column) for column in columns]}}


def _field(column: Column) -> dict[str, str]:
    kind = _TYPES.get(column.kind, "string")
    return {"name": column.name, "type": kind, "description": column.note}
