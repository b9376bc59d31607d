"""What tests do with pages: read them, fill them in, open them as somebody."""

import csv
import html
import io
import re

from flask import Flask
from werkzeug.test import TestResponse

from pbvote.core.codes import ALPHABET
from tests.checked_client import CheckedClient
from tests.factories import sign_in

SCORES = {"bid-1": "5", "bid-2": "3", "bid-3": "1"}


def fields_of(page: str) -> dict[str, str]:
    """The hidden fields that the ballot paper sends along."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


def open_paper(client: CheckedClient, code: str, lang: str = "en") -> dict[str, str]:
    """Open the ballot paper and return its hidden fields."""
    response = client.post("/v/paper", data={"code": code, "lang": lang})
    assert response.status_code == 200
    return fields_of(response.get_data(as_text=True))


def text_of(response: TestResponse) -> str:
    """The words of a page, without its tags."""
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.get_data(as_text=True))))


def client_of(app: Flask) -> CheckedClient:
    """A browser without script, which checks every page that it is given."""
    client: CheckedClient = app.test_client()  # type: ignore[assignment]  # Flask's stub doesn't follow test_client_class
    return client


def browser(app: Flask, email: str) -> CheckedClient:
    """Somebody's browser, signed in."""
    client = client_of(app)
    sign_in(client, email)
    return client


def misspelt(code: str) -> str:
    """The code with another last symbol: its check symbol is wrong."""
    return code[:-1] + ALPHABET[(ALPHABET.index(code[-1]) + 1) % len(ALPHABET)]


def sheet(client: CheckedClient, address: str) -> list[dict[str, str]]:
    """The rows of a CSV file by their columns' names."""
    text = client.get(address).get_data(as_text=True).removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text)))
