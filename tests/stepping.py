"""Moving a poll on from the page with the facts, as a browser does."""

import html
import re

from werkzeug.test import TestResponse

from tests.checked_client import CheckedClient


def seen_on(page: TestResponse) -> str:
    """What the page's button says that its reader saw; "" where the page has no button."""
    found = re.search(r'name="seen" value="([^"]*)"', page.get_data(as_text=True))
    return html.unescape(found[1]) if found else ""


def look_first(client: CheckedClient, console: str) -> TestResponse:
    """Look at the outcome before it is public, as the ledger tells; the page that shows it."""
    assert "See the outcome first?" in client.get(f"{console}/outcome").get_data(as_text=True)
    return client.post(f"{console}/outcome", follow_redirects=True)


def take_step(client: CheckedClient, path: str, *, follow_redirects: bool = False) -> TestResponse:
    """Open the page of a step, and press its button."""
    seen = seen_on(client.get(path))
    return client.post(path, data={"seen": seen}, follow_redirects=follow_redirects)


def confirm_shown(client: CheckedClient, console: str, act_id: int = 1) -> TestResponse:
    """Confirm what another organiser asks for, from the box on the console that shows it."""
    page = client.get(console).get_data(as_text=True)
    form = re.search(rf'action="{console}/acts/{act_id}/confirm">.*?name="seen" value="(\w*)"', page, re.DOTALL)
    assert form, "the console shows what is confirmed"
    return client.post(f"{console}/acts/{act_id}/confirm", data={"seen": form[1]})
