"""Two events at the same hour do not touch one another.

The addresses come from the app's map, so that a new one is asked too. One that is not known to be an event's or another
thing's fails, and so does one that names a thing of an event which nobody holds here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from pbvote.vote.passes.cookies import COOKIE
from pbvote.vote.passes.models import DeviceKind
from tests.checked_client import CheckedClient
from tests.conftest import both_databases
from tests.doors import UPLOADS
from tests.faults import times
from tests.pages import browser, client_of, fields_of, text_of
from tests.scene_addresses import rules_of
from tests.vote.two_events import SECOND, Held, rows_of, two_events

OF_AN_EVENT = (
    *(
        f"/{place}/<slug:slug>"
        for place in ("desk/events", "door", "screen", "compere", "clock", "events", "results", "v", "venue")
    ),
    *(
        "/my/choosing/<slug:slug>",
        "/desk/awards/<int:award_id>",
        "/desk/award-decisions/<int:decision_id>",
        "/my/awards/<int:award_id>",
        "/my/groups/<int:award_id>",
    ),
    *("/desk/monitoring/<int:award_id>", "/witness/confirm/<int:act_id>"),
)
"""How the address of an event begins, or of a thing that is an event's."""

BY_A_CODE = (
    *("/v/", "/v/paper", "/v/cast", "/v/stay", "/pass", "/witness"),
    *("/grant", "/grant/confirm", "/grant/thanks"),
)
"""Where the code in the body says which event it is; these have tests of their own below."""

OF_SOMETHING_ELSE = (
    *(
        "/desk/bids/",
        "/desk/rounds/",
        "/desk/shares/",
        "/desk/localities/",
        "/desk/people/",
        "/desk/drafts/",
        "/desk/worries/",
        "/desk/reports/",
    ),
    *("/desk/outbox", "/desk/monitoring/", "/my/bids/", "/my/groups/", "/my/awards/", "/my/interests", "/my/today"),
    *("/c/", "/gatherings/", "/my/gatherings/", "/opportunities", "/desk/opportunities"),
    *("/figures", "/money", "/register", "/open", "/desk/360giving", "/sub-groups/", "/my/sub-groups/", "/tell-me/"),
    *("/api/", "/results.atom", "/partnerships/", "/board-reports", "/desk/board-reports", "/desk/years"),
    *("/my/events", "/rounds/", "/localities/", "/bids/", "/link", "/sign-", "/photos/", "/groups/", "/static/"),
    *("/desk/groups/", "/desk/one-person"),
    *("/elections", "/my/about", "/my/away", "/my/board/", "/my/partnership/", "/my/phones", "/my/offers", "/wall/"),
    *("/accessibility", "/privacy", "/demonstration", "/healthz", "/readyz"),
    *(f"/{place}/worker.js" for place in ("door", "screen", "compere")),
)
NOWHERE = ("/", "/desk/", "/my/", "/v/kiosk")
FOR_ANYBODY = frozenset({"day.ask", "passes.ask_for_screen", "residents.ask", "residents.offer"})
"""What anybody may send to any event: a need, an address to remind, a hand to lend, and the ask of a screen."""

HALL = {"Sec-Fetch-Site": "same-origin", "X-Own-Script": "1"}


def is_of_an_event(rule: Rule) -> bool:
    """Whether an address is an event's. Fails for one of which nobody has said."""
    if rule.rule.startswith(OF_AN_EVENT):
        return True
    assert rule.rule in (*BY_A_CODE, *NOWHERE) or rule.rule.startswith(OF_SOMETHING_ELSE), (
        f"{rule.rule} is new: say whether it is an event's"
    )
    return False


def address(rule: Rule, held: Held, **others: object) -> str:
    """The rule's address at this event, with a thing of its own in each place; `others` go before those."""
    values = (
        {"slug": held.slug, "kind": "pdf", "way": "up", "language": "pl", "what": "sent", "answer": "yes", "width": 400}
        | held.ids
        | others
    )
    path = rule.rule
    for name in rule.arguments:
        for converter in ("", "any(yes, no):", "any(up, down):", "int:", "path:", "slug:"):
            path = path.replace(f"<{converter}{name}>", str(values[name]))
    return path


@dataclass(frozen=True)
class Party:
    """Somebody with something of an event: a browser, and a code."""

    browser: CheckedClient
    code: str = "nothing"


def parties(app: Flask, held: Held) -> Iterator[tuple[str, Party]]:
    """Everybody who holds something of this event but its organisers, who run every event of the council."""
    yield "a slip", Party(client_of(app), held.code)
    yield "a steward's pass", Party(client_of(app), held.pass_code)
    yield "a witness's card", Party(client_of(app), held.card)
    yield "a test sheet", Party(client_of(app), held.sheet)
    for kind in DeviceKind:
        thief = client_of(app)  # a browser would not even send it
        thief.set_cookie(COOKIE, held.tokens[kind], path="/")
        yield f"a {kind.value}'s device", Party(thief)
    for role, email in held.accounts.items():
        yield f"a {role}'s account", Party(browser(app, email))


def sent_to(rule: Rule, party: Party, path: str, ids: Mapping[str, object]) -> TestResponse:
    """Send what a page of the hall could send, with the party's code in it."""
    body = {
        "code": party.code,
        "seen": "0",
        "move": "present",
        "bid": str(ids["bid_id"]),
        "serial": str(ids["serial"]),
        "kind": "voter",
        "step": "1",
        "id": "00" * 16,
        "reason": "damaged",
        "saw_it": "no",
        "name": "Anna",
        "lang": "en",
        "queue": "long",
        "typed": "Anna",
    }
    if rule.endpoint in UPLOADS:
        taps = [{"id": "00" * 16, "kind": "voter", "step": 1}]
        return party.browser.post(path, json={**body, "phone": "00" * 16, "waiting": 0, "taps": taps}, headers=HALL)
    return party.browser.post(path, data=body)


def is_out(answer: TestResponse) -> bool:
    """Whether an answer lets nobody in: a refusal, or the way to the sign-in or to the screen's ask."""
    leads_to = answer.headers.get("Location", "")
    return answer.status_code >= 400 or "/sign-in" in leads_to or leads_to.endswith("/ask")


def test_every_address_is_known_to_be_an_events_or_not(app: Flask) -> None:
    assert sum(is_of_an_event(rule) for rule in app.url_map.iter_rules()) > 100


@pytest.mark.parametrize("database_url", ["sqlite", "postgresql"][: times(few=1, full=2)], indirect=True)
def test_what_is_held_of_one_event_opens_and_changes_nothing_of_the_other(app: Flask) -> None:
    here, there = two_events(app)
    before = rows_of(app, there)
    reads = [rule for rule in rules_of(app, "GET") if is_of_an_event(rule)]
    writes = [rule for rule in rules_of(app, "POST") if is_of_an_event(rule) and rule.endpoint not in FOR_ANYBODY]
    stranger = client_of(app)
    closed = [rule for rule in reads if is_out(stranger.get(address(rule, there)))]
    assert len(closed) > 40, "most pages of an event are not the public's"
    for name, party in parties(app, here):
        for rule in closed:
            answer = party.browser.get(address(rule, there))
            assert is_out(answer), f"{name} reads {rule.rule} of the other event: {answer.status_code}"
        for rule in writes:
            answer = sent_to(rule, party, address(rule, there), there.ids)
            assert is_out(answer), f"{name} sends to {rule.rule} of the other event: {answer.status_code}"
        assert rows_of(app, there) == before, f"{name} changed the other event"


def test_the_same_things_open_their_own_event(app: Flask) -> None:
    here, _ = two_events(app)
    before = rows_of(app, here)
    holders = dict(parties(app, here))
    homes = {kind: kind.home(here.slug) for kind in DeviceKind}
    for kind, home in homes.items():
        assert holders[f"a {kind.value}'s device"].browser.get(home).status_code == 200
    assert holders["a steward's account"].browser.get(homes[DeviceKind.STEWARD]).status_code == 200
    group = f"/my/groups/{here.ids['award_id']}"
    logged = f"{group}/check-ins/{here.ids['check_in_id']}"
    for path in (group, logged, f"{logged}/photo-1-400.jpg"):
        assert holders["a member's account"].browser.get(path).status_code == 200
    assert holders["a slip"].browser.post("/v/paper", data={"code": here.code, "lang": "en"}).status_code == 200
    assert rows_of(app, here) == before


@both_databases
def test_an_organiser_of_one_moves_nothing_of_the_other_from_there(app: Flask) -> None:
    here, there = two_events(app)
    held, before = rows_of(app, here), rows_of(app, there)
    desk = browser(app, SECOND)
    named = [rule for rule in rules_of(app, "POST") if is_of_an_event(rule) and rule.arguments & held_names(rule, here)]
    assert len(named) > 12
    for rule in named:
        answer = sent_to(rule, Party(desk), address(rule, there, **here.ids), here.ids)
        assert answer.status_code < 500
        assert rows_of(app, here) == held, f"{rule.rule} of one event changed the other"
        assert rows_of(app, there) == before, f"{rule.rule} took a thing of another event for its own"


def held_names(rule: Rule, held: Held) -> frozenset[str]:
    """The names of the rule's things, where it also names an event. Fails for a thing that nobody holds here."""
    if "slug" not in rule.arguments:
        return frozenset()
    things = frozenset(rule.arguments) - {"slug", "kind", "way", "language", "what"}
    assert things <= held.ids.keys(), f"{rule.rule} names something new of an event: put it into `Held.ids`"
    return things


IN_THE_BODY: Mapping[str, Mapping[str, str]] = {
    "slips/void": {"serial": "serial", "reason": "damaged"},
    "papers/key": {"code": "code"},
    "papers/key/marks": {"code": "code", "bid-1": "3", "bid-2": "3"},
    "papers/key/spoilt": {"code": "code", "reason": "empty"},
    "papers/read-back": {"code": "code"},
    "stage": {"move": "present", "seen": "0", "bid": "bid"},
}
"""What an organiser may send to an event's desk that names a thing: the thing is another event's."""


@both_databases
@pytest.mark.parametrize("path", IN_THE_BODY)
def test_a_thing_of_one_event_in_a_form_of_the_other_is_refused(app: Flask, path: str) -> None:
    here, there = two_events(app)
    held, before = rows_of(app, here), rows_of(app, there)
    things = {"serial": str(here.ids["serial"]), "code": here.code, "bid": str(here.first_bid)}
    body = {name: things.get(value, value) for name, value in IN_THE_BODY[path].items()}
    answer = browser(app, SECOND).post(f"/desk/events/{there.slug}/{path}", data=body)
    assert answer.status_code in {404, 409, 422}
    assert (rows_of(app, here), rows_of(app, there)) == (held, before)


def test_a_slip_votes_in_its_own_event_wherever_it_is_typed(app: Flask) -> None:
    here, there = two_events(app)
    before, phone = rows_of(app, there), client_of(app)
    body = {"code": here.code, "lang": "en", "event": there.slug}
    paper = phone.post("/v/paper", data=body)
    assert "Sale decides" in text_of(paper)
    vote = {**fields_of(paper.get_data(as_text=True)), "bid-1": "5", "bid-2": "1"}
    assert phone.post("/v/cast", data={**vote, "kiosk": there.slug}).status_code == 409
    assert rows_of(app, here)["ballot"] == []
    assert phone.post("/v/cast", data={**vote, "event": there.slug}).status_code == 200
    assert len(rows_of(app, here)["ballot"]) == 1
    assert rows_of(app, there) == before


def test_a_pass_and_a_card_lead_to_their_own_event(app: Flask) -> None:
    here, there = two_events(app)
    before, phone = rows_of(app, there), client_of(app)
    asked = phone.post("/pass", data={"code": here.pass_code, "name": "Cleo"})
    assert asked.headers["Location"] == f"/door/{here.slug}"
    waits = phone.post("/witness", data={"code": here.card})
    assert "Sale decides" in text_of(waits)
    assert "Stretford" not in text_of(waits)
    refused = phone.post(f"/witness/confirm/{there.ids['act_id']}", data={"code": here.card})
    assert refused.status_code == 409
    assert rows_of(app, there) == before


def test_what_one_event_shows_says_nothing_of_the_other(app: Flask) -> None:
    here, there = two_events(app)
    screen, desk = client_of(app), browser(app, SECOND)
    screen.set_cookie(COOKIE, there.tokens[DeviceKind.SCREEN], path="/")
    before = screen.get(f"/screen/{there.slug}/now").get_json()
    for move in ({"move": "present", "seen": "0", "bid": str(here.first_bid)}, {"move": "start", "seen": "1"}):
        assert desk.post(f"/desk/events/{here.slug}/stage", data=move).status_code == 302
    after = screen.get(f"/screen/{there.slug}/now").get_json()
    assert {**after, "at": 0} == {**before, "at": 0}
    console = text_of(desk.get(f"/desk/events/{there.slug}"))
    assert "Stretford decides" in console
    assert "Sale" not in console
