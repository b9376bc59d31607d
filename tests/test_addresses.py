"""What pbvote prints and mails leads to pages that exist."""

import inspect

import pytest
from flask import Flask
from werkzeug.routing import Rule

from pbvote import addresses, data_addresses
from pbvote.core.slugs import slug_of
from pbvote.db import PAGES_SLUGS

WRITTEN = {
    "voters_page": (("sale-2014", "K7QF9M2TXW4R"), "casting.start"),
    "envelope_page": (("sale-2014", 3), "door_steward.envelope"),
    "witness_page": (("K7QF9M2TXW4R",), "witness.card"),
    "pass_page": (("K7QF9M2TXW4R",), "passes.card"),
    "confirmation_page": (("grants-2014", "K7QF9M2TXW4R"), "confirming.link"),
    "second_person_page": (("K7QF9M2TXW4R",), "promises.link"),
    "answer_page": (("K7QF9M2TXW4R",), "checking.answer_link"),
    "look_again_page": (("K7QF9M2TXW4R",), "checking.look_again_link"),
    "bid_page": (("grants-2014",), "drafts.start"),
    "draft_page": (("grants-2014", "K7QF9M2TXW4R"), "drafts.link"),
    "venue_page": (("sale-2014", "K7QF9M2TXW4R"), "venue.scan"),
    "funded_group_page": ((7,), "visits_member.group"),
    "funded_groups_page": ((), "visits_member.groups"),
    "offers_page": ((7,), "awards_group.awards"),
    "sign_in_page": ((), "people.sign_in"),
    "link_by_mail_page": ((), "people.link_by_mail"),
    "seal_page": (("sale-2014",), "results.seal"),
    "result_page": (("sale-2014",), "results.result"),
    "choosing_page": (("sale-2014",), "choosing_member.page"),
    "reminder_page": (("sale-2014", "K7QF9M2TXW4R"), "residents.link"),
    "calendar_file": (("sale-2014",), "day.calendar"),
    "one_award_page": ((7,), "monitoring_desk.award"),
    "desk_page": ((), "home_desk.today"),
    "account_page": ((), "phones_account.phones"),
    "worry_page": ((7,), "worries_desk.worry"),
    "event_page": (("sale-2014",), "programme.page"),
    "listing_page": ((7,), "directory_group.page"),
    "own_card_page": (("K7QF9M2TXW4R",), "network.own_link"),
    "answer_to_card_page": (("K7QF9M2TXW4R",), "network.link"),
    "own_profile_page": (("sale",), "profile_member.own"),
    "gathering_page": ((7,), "gatherings.page"),
    "own_gathering_page": ((7, 8), "gatherings_group.one"),
    "meetings_page": (("sale",), "meetings.listed"),
    "meetings_feed": (("sale",), "meeting_feeds.atom"),
    "meeting_page": (("sale", 7), "meetings.one"),
    "updates_page": (("sale",), "updates.listed"),
    "update_page": (("sale", 7), "updates.one"),
    "updates_feed": (("sale",), "updates.atom"),
    "confirm_telling_page": (("K7QF9M2TXW4R",), "telling.link"),
    "change_telling_page": (("K7QF9M2TXW4R",), "telling.change_link"),
    "stop_telling_page": (("K7QF9M2TXW4R",), "telling.stop_page"),
    "subgroup_page": (("sale", 7), "subgroups.one"),
    "joiners_page": (("sale", 7), "joiners_editor.listed"),
    "confirm_joining_page": (("K7QF9M2TXW4R",), "subgroups.link"),
    "leave_subgroup_page": (("K7QF9M2TXW4R",), "subgroups.leave_page"),
    "money_page": (("grants-2014",), "spending.one_round"),
    "consultation_page": (("sale", 7), "consultations.one"),
    "consultation_address": (("k7qf9m",), "consulting.answer"),
    "partnership_page": (("sale",), "partnership_editor.overview"),
    "funded_group_public_page": ((7,), "directory.group"),
    "giving_page": ((), "giving.explained"),
    "results_feed": ((), "result_feeds.atom"),
    "open_data_page": ((), "open_data.everything"),
    "round_page": (("grants-2014",), "rounds.one_round"),
    "programme_bid_page": (("sale-2014", "B-08"), "programme.bid"),
    "paper_address": (("sale", 7, 8), "papers.one"),
    "api_address": (("bids", "grants-2014.B-08"), "api.one"),
}


@pytest.mark.parametrize("name", WRITTEN)
def test_an_address_on_paper_is_one_of_the_apps_own(app: Flask, name: str) -> None:
    arguments, endpoint = WRITTEN[name]
    with app.app_context():
        module = addresses if hasattr(addresses, name) else data_addresses
        address: str = getattr(module, name)(*arguments)
        assert address.startswith(app.config["BASE_URL"] + "/")
        path = address.removeprefix(app.config["BASE_URL"]).partition("#")[0]
    found, values = app.url_map.bind("").match(path, method="GET", return_rule=True)
    assert isinstance(found, Rule)
    assert found.endpoint == endpoint
    assert list(values.values()) == [argument for argument in arguments if str(argument) in path.split("/")]


def test_every_address_is_among_them() -> None:
    both = vars(addresses) | vars(data_addresses)
    made = {name for name, value in both.items() if inspect.isfunction(value)}
    assert {name for name in made if not name.startswith("_")} - {"base_url"} == set(WRITTEN)


def test_a_code_stands_where_no_log_sees_it(app: Flask) -> None:
    with app.app_context():
        code = "K7QF9M2TXW4R"
        for address in (
            addresses.voters_page("sale-2014", code),
            addresses.witness_page(code),
            addresses.pass_page(code),
            addresses.venue_page("sale-2014", code),
        ):
            assert "K7QF9M2TXW4R" not in address.partition("#")[0]


def test_no_row_is_called_like_a_page_that_stands_in_its_place(app: Flask) -> None:
    """`/v/<slug>` leads to an event, and `/v/kiosk` to none."""
    rules = [rule.rule.strip("/").split("/") for rule in app.url_map.iter_rules()]
    places = {(*way[: way.index("<slug:slug>")],) for way in rules if "<slug:slug>" in way}
    beside = {
        way[len(place)]
        for place in places
        for way in rules
        if (*way[: len(place)],) == place and len(way) > len(place) and not way[len(place)].startswith("<")
    }
    assert {word for word in beside if slug_of(word) == word} == PAGES_SLUGS
