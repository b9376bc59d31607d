"""The links at the head of every page, and whether this is the demonstration."""

from dataclasses import dataclass

from flask import Flask, current_app, g, request, url_for
from flask_login import current_user

from pbvote.access import Role
from pbvote.call.rounds.service import has_demonstration


@dataclass(frozen=True, slots=True)
class Link:
    """One link of the navigation."""

    text: str
    href: str
    current: bool


_PAGES: dict[Role, tuple[tuple[str, str], ...]] = {
    Role.ORGANISER: (
        ("Today", "home_desk.today"),
        ("Rounds", "rounds_desk.rounds"),
        ("Monitoring", "monitoring_desk.board"),
        ("Localities", "rounds_desk.all_localities"),
        ("People", "people_desk.accounts"),
    ),
    Role.LP_MEMBER: (
        ("Waits for me", "home_member.today"),
        ("My groups", "visits_member.groups"),
        ("My locality", "partnership_editor.mine"),
        ("My interests", "interests_member.interests_page"),
        ("About me", "mentors_member.about"),
    ),
    Role.GROUP_CONTACT: (
        ("My bids", "bids_group.bids"),
        ("My grants", "awards_group.awards"),
        ("Gatherings", "gatherings_group.mine"),
    ),
    Role.STEWARD: (("My events", "home_account.events"),),
}
_PAGES[Role.AUDITOR] = _PAGES[Role.ORGANISER]


def navigation() -> list[Link]:
    """The pages of this account's roles, each once; nothing for anyone who is not signed in."""
    if not current_user.is_authenticated:
        return []
    pages = dict.fromkeys(page for role, pages in _PAGES.items() if role in current_user.roles for page in pages)
    return [Link(text, url_for(endpoint), endpoint == request.endpoint) for text, endpoint in pages]


def is_demonstration() -> bool:
    """Whether this database holds the demonstration. Once it does, it does for good."""
    if g.get("database_is_down"):
        return False
    if not current_app.extensions.get("pbvote-demonstration"):
        if "is_demonstration" not in g:  # a page asks more than once
            g.is_demonstration = has_demonstration()
        current_app.extensions["pbvote-demonstration"] = g.is_demonstration
    return bool(current_app.extensions["pbvote-demonstration"])


def init_navigation(app: Flask) -> None:
    """Let templates ask. Functions, not values: the voter's pages never ask, and so touch no session."""
    app.add_template_global(navigation)
    app.add_template_global(is_demonstration)
    app.add_template_global(current_user, "current_user")
