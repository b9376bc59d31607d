"""The app: its settings, its database and the list of doors.

It is not in `pbvote/__init__.py`, so that the tally, which needs none of it, starts light.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import Migrate
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import BaseConverter, IntegerConverter, Map

from pbvote.bodies import init_bodies
from pbvote.call.attachments import desk as attachments_desk
from pbvote.call.attachments import group as attachments_group
from pbvote.call.bids import confirming_public
from pbvote.call.bids import desk as bids_desk
from pbvote.call.bids import group as bids_group
from pbvote.call.bids import public as bids_public
from pbvote.call.checking import checklist_desk, decisions_desk
from pbvote.call.checking import desk as checking_desk
from pbvote.call.checking import group as checking_group
from pbvote.call.checking import member as checking_member
from pbvote.call.checking import public as checking_public
from pbvote.call.drafts import desk as drafts_desk
from pbvote.call.drafts import group as drafts_group
from pbvote.call.drafts import pages_public as draft_pages
from pbvote.call.drafts import public as drafts_public
from pbvote.call.drafts import sending_public as draft_sending
from pbvote.call.rounds import desk as rounds_desk
from pbvote.call.rounds import grant_rules_desk, rules_desk
from pbvote.call.rounds import public as rounds_public
from pbvote.call.spreadsheets import desk as bid_sheets_desk
from pbvote.cli import COMMANDS, command_called
from pbvote.config import configure
from pbvote.core.reading import MOST_ROW_NUMBER
from pbvote.core.slugs import SLUG
from pbvote.db import db, init_db
from pbvote.errors import init_errors
from pbvote.fields import init_app as init_fields
from pbvote.filters import init_filters
from pbvote.grants.awards import deciding_desk as award_decisions_desk
from pbvote.grants.awards import desk as awards_desk
from pbvote.grants.awards import group as awards_group
from pbvote.grants.directory import desk as directory_desk
from pbvote.grants.directory import group as directory_group
from pbvote.grants.directory import public as directory_public
from pbvote.grants.mentors import group as mentors_group
from pbvote.grants.mentors import member as mentors_member
from pbvote.grants.mentors import photo_member
from pbvote.grants.money import acts_desk as award_acts_desk
from pbvote.grants.money import desk as money_desk
from pbvote.grants.money import payments_desk
from pbvote.grants.monitoring import desk as monitoring_desk
from pbvote.grants.monitoring import member as monitoring_member
from pbvote.grants.promises import desk as promises_desk
from pbvote.grants.promises import group as promises_group
from pbvote.grants.promises import public as promises_public
from pbvote.grants.reports import changes_group
from pbvote.grants.reports import correcting_desk as report_correcting_desk
from pbvote.grants.reports import desk as reports_desk
from pbvote.grants.reports import group as reports_group
from pbvote.grants.reports import member as reports_member
from pbvote.grants.reports import receipts_desk as report_receipts_desk
from pbvote.grants.reports import writing_desk as report_writing_desk
from pbvote.grants.visits import group as visits_group
from pbvote.grants.visits import member as visits_member
from pbvote.grants.visits import outbox_member, photos_desk, photos_member, worries_desk
from pbvote.grants.visits import public as visits_public
from pbvote.headers import init_compression, init_headers
from pbvote.home import account as home_account
from pbvote.home import desk as home_desk
from pbvote.home import member as home_member
from pbvote.home import public as home_public
from pbvote.home.navigation import init_navigation
from pbvote.offline import is_kept_copy
from pbvote.partnership.meetings.doors import MEETING_DOORS
from pbvote.partnership.members import editor as members_editor
from pbvote.partnership.members import profile_member, profiles_editor
from pbvote.partnership.members import public as members_public
from pbvote.partnership.page import editor as partnership_editor
from pbvote.partnership.page import public as partnership_public
from pbvote.people import account as phones_account
from pbvote.people import desk as people_desk
from pbvote.people import public as people_public
from pbvote.people.signing_in import csrf, init_signing_in
from pbvote.static_files import init_static_files
from pbvote.vote.acts import desk as acts_desk
from pbvote.vote.acts import public as acts_public
from pbvote.vote.acts import witnesses_desk
from pbvote.vote.audit import public as audit_public
from pbvote.vote.casting import public as casting_public
from pbvote.vote.casting import sample_desk
from pbvote.vote.choosing import desk as choosing_desk
from pbvote.vote.choosing import member as choosing_member
from pbvote.vote.choosing import public as choosing_public
from pbvote.vote.compere import desk as compere_desk
from pbvote.vote.compere import device as compere_device
from pbvote.vote.compere import public as compere_public
from pbvote.vote.count import desk as count_desk
from pbvote.vote.day import desk as day_desk
from pbvote.vote.day import public as day_public
from pbvote.vote.door import desk as door_desk
from pbvote.vote.door import public as door_public
from pbvote.vote.door import steward as door_steward
from pbvote.vote.door import uploads_steward as door_uploads
from pbvote.vote.elections import public as elections_public
from pbvote.vote.events import desk as events_desk
from pbvote.vote.events import photos_public
from pbvote.vote.hall import desk as hall_desk
from pbvote.vote.hall import steps_desk, withdrawing_desk
from pbvote.vote.paper_entry import desk as paper_entry_desk
from pbvote.vote.passes import desk as passes_desk
from pbvote.vote.passes import public as passes_public
from pbvote.vote.poll import desk as poll_desk
from pbvote.vote.programme import desk as programme_desk
from pbvote.vote.programme import public as programme_public
from pbvote.vote.programme import translations_desk
from pbvote.vote.residents import desk as residents_desk
from pbvote.vote.residents import public as residents_public
from pbvote.vote.results import desk as results_desk
from pbvote.vote.results import organiser as results_organiser
from pbvote.vote.results import public as results_public
from pbvote.vote.screen import device as screen_device
from pbvote.vote.screen import public as screen_public
from pbvote.vote.slips import desk as slips_desk
from pbvote.vote.stage import desk as stage_desk
from pbvote.vote.venue import desk as venue_desk
from pbvote.vote.venue import public as venue_public
from pbvote.voters_path import init_voters_path

DOORS = (
    people_public,
    people_desk,
    phones_account,
    rounds_public,
    rounds_desk,
    grant_rules_desk,
    rules_desk,
    bids_public,
    confirming_public,
    bids_desk,
    bid_sheets_desk,
    bids_group,
    attachments_desk,
    attachments_group,
    checking_desk,
    decisions_desk,
    checklist_desk,
    checking_public,
    checking_group,
    checking_member,
    drafts_public,
    draft_pages,
    draft_sending,
    drafts_desk,
    drafts_group,
    events_desk,
    photos_public,
    acts_public,
    acts_desk,
    witnesses_desk,
    passes_public,
    passes_desk,
    poll_desk,
    slips_desk,
    casting_public,
    sample_desk,
    paper_entry_desk,
    door_public,
    door_steward,
    door_uploads,
    door_desk,
    count_desk,
    choosing_desk,
    choosing_member,
    choosing_public,
    programme_public,
    programme_desk,
    translations_desk,
    day_public,
    day_desk,
    venue_public,
    venue_desk,
    residents_public,
    residents_desk,
    results_public,
    results_desk,
    results_organiser,
    audit_public,
    elections_public,
    stage_desk,
    screen_public,
    screen_device,
    compere_public,
    compere_device,
    compere_desk,
    hall_desk,
    steps_desk,
    withdrawing_desk,
    awards_desk,
    award_decisions_desk,
    awards_group,
    promises_group,
    promises_desk,
    promises_public,
    visits_group,
    money_desk,
    payments_desk,
    award_acts_desk,
    visits_public,
    visits_member,
    outbox_member,
    photos_member,
    photos_desk,
    reports_group,
    changes_group,
    reports_member,
    reports_desk,
    report_writing_desk,
    report_receipts_desk,
    report_correcting_desk,
    mentors_group,
    mentors_member,
    photo_member,
    worries_desk,
    monitoring_desk,
    monitoring_member,
    directory_public,
    directory_group,
    directory_desk,
    members_public,
    members_editor,
    profiles_editor,
    profile_member,
    *MEETING_DOORS,
    partnership_public,
    partnership_editor,
    home_public,
    home_account,
    home_desk,
    home_member,
)


class _RowId(IntegerConverter):
    """A number in an address: one that no row can have leads nowhere."""

    def __init__(self, url_map: Map, *args: Any, **options: Any) -> None:
        super().__init__(url_map, *args, **{"max": MOST_ROW_NUMBER, **options})


class _Slug(BaseConverter):
    """A word in an address, as `slug_of` makes them: anything else leads nowhere, and never reaches a query."""

    regex = SLUG


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """The app with its settings, its database and every door. `overrides` are a test's own settings."""
    overrides = dict(overrides or {})
    app = Flask("pbvote", instance_path=overrides.pop("INSTANCE_PATH", None))
    configure(app, overrides)
    init_static_files(app)
    if proxies := app.config["PROXIES"]:
        # Without it everybody behind the proxy would be one network to the counts of failures.
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)  # type: ignore[method-assign]
    app.url_map.converters |= {"int": _RowId, "slug": _Slug}
    init_db(app)
    Migrate(app, db, directory=str(Path(app.root_path).parent / "migrations"))
    init_errors(app)
    init_bodies(app)
    init_compression(app)  # its work comes last: what is asked for first is done last
    init_filters(app)
    init_fields(app)
    init_headers(app)
    init_voters_path(app)
    init_signing_in(app)
    init_navigation(app)
    app.add_template_global(is_kept_copy)
    for room in DOORS:
        app.register_blueprint(room.door)
    csrf.exempt(casting_public.door)  # the voter's forms carry their own authority, the code
    csrf.exempt(draft_pages.door)  # and a draft's their pass
    csrf.exempt(draft_sending.door)
    csrf.exempt(drafts_public.say_whether)  # it keeps nothing
    csrf.exempt(day_public.door)  # nothing of these pages needs to know who sends it
    csrf.exempt(venue_public.door)
    csrf.exempt(residents_public.door)
    csrf.exempt(outbox_member.door)  # what a phone kept outlives the session, and says whose it is
    for name in COMMANDS:
        app.cli.add_command(command_called(name))
    return app
