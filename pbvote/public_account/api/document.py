"""The document that describes the API to programs: OpenAPI 3.1, its schemas written by msgspec from the rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Final

import msgspec
from flask import current_app
from msgspec import Meta

from pbvote.addresses import base_url
from pbvote.api_path import PROBLEM
from pbvote.data_addresses import open_data_page
from pbvote.public_account.api.awards import AWARDS
from pbvote.public_account.api.bids import BIDS
from pbvote.public_account.api.collections import SIZE, Collection
from pbvote.public_account.api.figures import FIGURES
from pbvote.public_account.api.meetings import MEETINGS
from pbvote.public_account.api.results import RESULTS
from pbvote.public_account.api.rounds import ROUNDS
from pbvote.public_account.giving.writing import LICENCE

COLLECTIONS: Final = (ROUNDS, BIDS, RESULTS, AWARDS, MEETINGS, FIGURES)
_ABOUT: Final = (
    "What the pages say, for programs: read only, the same for everybody, without a key. Amounts are whole pence. "
    "Nothing is here before it is public. Later versions may add fields; none goes or changes its meaning."
)


@dataclass(frozen=True, slots=True)
class ApiProblem:
    """What went wrong, as RFC 9457 has it."""

    title: Annotated[str, Meta(description="The status in words.")]
    status: Annotated[int, Meta(description="The HTTP status.")]
    detail: Annotated[str, Meta(description="What to do about it, in a sentence.")]


_ETAG: Final = {"ETag": {"description": "The digest of this answer.", "schema": {"type": "string"}, "required": True}}
_PROBLEMS: Final = {
    "400": "A parameter can’t be read.",
    "404": "There is no such row, or it is not public.",
    "405": "Something other than GET and HEAD.",
    "503": "Too busy. “Retry-After” says when to come again.",
}


def collection_called(name: str) -> Collection | None:
    """The collection with this name."""
    return next((each for each in COLLECTIONS if each.name == name), None)


@cache
def schemas() -> tuple[Sequence[Mapping[str, Any]], Mapping[str, Any]]:
    """How each collection's row and a problem are referred to, and every schema by its name."""
    types = [*(each.row for each in COLLECTIONS), ApiProblem]
    return msgspec.json.schema_components(types, ref_template="#/components/schemas/{name}")


def fields_of(collection: Collection) -> list[tuple[str, str]]:
    """Each field of a collection's rows, and what it says."""
    properties = schemas()[1][collection.row.__name__]["properties"]
    return [(name, schema["description"]) for name, schema in properties.items()]


def api_document() -> dict[str, Any]:
    """The whole document."""
    references, components = schemas()
    *rows, wrong = references
    paths = (path for each, row in zip(COLLECTIONS, rows, strict=True) for path in _paths(each, row))
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"Open data of {current_app.config['COUNCIL_NAME']}",
            "version": "1",
            "description": _ABOUT,
            "license": {"name": "Open Government Licence 3.0", "url": LICENCE},
        },
        "externalDocs": {"url": f"{open_data_page()}/api", "description": "For people, with examples"},
        "servers": [{"url": f"{base_url()}/api/v1"}],
        "paths": dict(paths),
        "components": {"schemas": components, "responses": _problems(wrong)},
    }


def _problems(schema: Mapping[str, Any]) -> dict[str, Any]:
    content = {PROBLEM: {"schema": schema}}
    return {f"Problem{status}": {"description": said, "content": content} for status, said in _PROBLEMS.items()}


def _paths(collection: Collection, row: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The two addresses of a collection."""
    page = {
        "type": "object",
        "properties": {
            "data": {"type": "array", "items": row, "maxItems": SIZE, "description": "The rows, by their ids."},
            "next": {"type": ["string", "null"], "description": "Where to go on; null at the end."},
        },
        "required": ["data", "next"],
    }
    an_id = {"type": "string", "pattern": f"^(?:{collection.ids})$"}
    after = {"name": "after", "in": "query", "description": "Only rows behind this id.", "schema": an_id}
    row_id = {"name": "id", "in": "path", "required": True, "description": "The row’s id.", "schema": an_id}
    example = {"example": collection.example}
    name, listed = collection.name, [_SINCE, {**after, **example}]
    yield f"/{name}", _read(name, collection.sentence, listed, page, "400")
    yield f"/{name}/{{id}}", _read(f"{name}-one", "One of them.", [{**row_id, **example}], row, "400", "404")


_SINCE: Final = {
    "name": "since",
    "in": "query",
    "description": "Only rows that have changed since a moment (RFC 3339), or since the beginning of a day in the UK.",
    "schema": {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}]},
    "example": "2027-01-31",
}


def _read(
    name: str, sentence: str, parameters: Sequence[Mapping[str, Any]], schema: Mapping[str, Any], *problems: str
) -> dict[str, Any]:
    found = {"description": sentence, "headers": _ETAG, "content": {"application/json": {"schema": schema}}}
    same = {"description": "It is as it was when you read it last.", "headers": _ETAG}
    answers = {each: {"$ref": f"#/components/responses/Problem{each}"} for each in (*problems, "405", "503")}
    said = {"operationId": name, "summary": sentence, "parameters": list(parameters)}
    return {"get": {**said, "responses": {"200": found, "304": same, **answers}}}
