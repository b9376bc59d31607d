"""The document of the API is valid, and whatever is asked, the answer is as it says: schemathesis with all checks."""

from collections import Counter

import schemathesis
from flask import Flask
from openapi_spec_validator import validate
from schemathesis.checks import CHECKS
from schemathesis.engine import events, from_schema
from schemathesis.schemas import BaseSchema

from pbvote.public_account.api.document import COLLECTIONS
from tests.checked_client import CheckedClient
from tests.faults import IS_FULL, times
from tests.public_account.years import a_year

SEED = 2014


def test_the_document_is_valid(client: CheckedClient) -> None:
    validate(client.get("/api/v1/openapi.json").get_json())


def test_it_answers_as_it_is_described(app: Flask) -> None:
    a_year(app)
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    schema.config.update(headers={"Accept-Encoding": "identity"})  # it unpacks nothing that it gets without a network
    schema.config.generation.update(max_examples=times(few=2, full=200))
    schema.config.seed = SEED
    schema.config.phases.stateful.enabled = IS_FULL
    asked, checks, wrong = run(schema)
    assert wrong == []
    # How long an answer takes, a machine that runs other tests can't say.
    assert checks.keys() == set(CHECKS.get_all_names()) - {"max_response_time"}
    assert asked.keys() == {f"/{each.name}{one}" for each in COLLECTIONS for one in ("", "/{id}")}
    assert min(asked.values()) > 5


def run(schema: BaseSchema) -> tuple[Counter[str], Counter[str], list[str]]:
    """How often each address was asked and each check made; and what was found."""
    asked, checks, wrong = Counter[str](), Counter[str](), list[str]()
    for event in from_schema(schema).execute():
        if isinstance(event, events.NonFatalError | events.FatalError):
            wrong.append(repr(event))
        if not isinstance(event, events.ScenarioFinished):
            continue
        for number, made in event.recorder.checks.items():
            case = event.recorder.cases[number].value
            asked[case.path] += 1
            checks.update(check.name for check in made)
            found = (check.failure_info.failure for check in made if check.failure_info)
            wrong += [f"{case.as_curl_command()}: {failure}" for failure in found]
    return asked, checks, wrong
