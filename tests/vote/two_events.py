"""Two events at the same hour, with something of every kind in each, for tests."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import Flask

from pbvote.access import Role
from pbvote.call.bids.deciding import shortlist_bid
from pbvote.call.bids.models import Bid
from pbvote.call.rounds.models import Share
from pbvote.core.clock import now, today, uk_moment
from pbvote.db import Base, db
from pbvote.files.pictures import read_photo
from pbvote.files.service import keep_photo
from pbvote.grants.awards.models import Award, AwardState
from pbvote.grants.mentors.photos import put_photo
from pbvote.grants.mentors.service import set_mentor
from pbvote.grants.network.models import CardSide
from pbvote.grants.network.posting import NewCard, post_for_group
from pbvote.grants.reports.models import ChangeKind, ChangeRequest
from pbvote.grants.reports.receipt_models import Receipt
from pbvote.grants.visits.models import CheckIn, CheckInPhoto, ContactMethod, Status
from pbvote.people.models import Account
from pbvote.people.service import account_with_email, add_account, grant_role
from pbvote.vote.acts.service import About, ask_for
from pbvote.vote.acts.witnesses import name_witness
from pbvote.vote.day.models import AccessRequest
from pbvote.vote.events.models import Event
from pbvote.vote.events.service import event_called, plan_event
from pbvote.vote.paper_entry.pile import OnPaper
from pbvote.vote.paper_entry.service import key_paper, slip_on_paper
from pbvote.vote.passes.asking import ask_as_screen, ask_with_pass
from pbvote.vote.passes.letting_in import allow
from pbvote.vote.passes.making import make_pass
from pbvote.vote.passes.models import DeviceKind
from pbvote.vote.poll.models import SpoiltReason
from pbvote.vote.poll.opening import open_poll
from pbvote.vote.slips.acts import REPLACE, Replacing
from pbvote.vote.slips.models import SlipState
from pbvote.vote.slips.printing import make_slips
from pbvote.vote.venue.sheet import code_of
from tests.factories import a_bid, a_locality, an_account, an_open_round, writing
from tests.files.samples import photo_file
from tests.grants.deciding import a_decision

ORGANISER, SECOND = "organiser@council.example", "second@council.example"


@dataclass(frozen=True)
class Held:
    """All that can be held of one event: its things by the names of the routes' arguments, codes, tokens, accounts."""

    event_id: int
    slug: str
    ids: dict[str, Any]
    first_bid: int
    code: str
    """Of a slip that can vote."""
    pass_code: str
    """Of a steward's pass."""
    card: str
    """The code of a witness's card."""
    sheet: str
    """The code of the venue's test sheet."""
    tokens: dict[DeviceKind, str]
    accounts: dict[str, str]
    """The e-mail address of its steward, its member, and a contact of one of its groups."""


def two_events(app: Flask) -> tuple[Held, Held]:
    """Sale and Stretford, whose polls are open at the same hour. Sale has more of everything, so that its numbers are
    not Stretford's."""
    with writing(app):
        first, second = an_account(Role.ORGANISER, ORGANISER), an_account(Role.ORGANISER, SECOND)
        sale, stretford = a_locality(), a_locality("Stretford")
        shares = {share.locality_id: share for share in an_open_round().shares}
        return (
            _event(shares[sale.id], "Sale", 2, (first, second)),
            _event(shares[stretford.id], "Stretford", 1, (first, second)),
        )


def _event(share: Share, name: str, envelopes: int, organisers: tuple[Account, Account]) -> Held:
    bids = [a_bid(share, f"{name} {number}") for number in range(1, 3)]
    for bid in bids:
        shortlist_bid(bid, organisers[0])
    starts, ends = (uk_moment(today(), dt.time(hour)) for hour in (12, 15))
    event = plan_event(share, f"{name} decides", f"{name} Hall", starts, ends)
    make_slips(event, 25 * envelopes, organisers[0], SlipState.SPARE)
    slips = make_slips(event, 2 * envelopes, None, SlipState.LIVE)
    open_poll(event, organisers[0])
    tokens, passes, device_ids = _devices(event, organisers[0])
    witness, card = name_witness(event, f"Wyn of {name}", organisers[0])
    key_paper(slip_on_paper(event, slips[-1].code), OnPaper(spoilt=SpoiltReason.UNCLEAR), organisers[0])
    act = ask_for(REPLACE, About(event=event.id), Replacing(), organisers[0])
    request = AccessRequest(event_id=event.id, name="", contact="0161 496 0000", needs=[], words="A ramp")
    db.session.add(request)
    accounts = {role: _account(role, share, name) for role in (Role.STEWARD, Role.LP_MEMBER)}
    award = Award(event_id=event.id, bid_id=bids[0].id, award_pence=1, told_at=now(), state=AwardState.ACCEPTED)
    award.decision = a_decision(event, organisers[0])
    db.session.add(award)
    db.session.flush()
    set_mentor(award, accounts[Role.LP_MEMBER])
    put_photo(accounts[Role.LP_MEMBER], read_photo(photo_file()))
    check_in = _check_in(award, accounts[Role.LP_MEMBER])
    on_wall = post_for_group(award, NewCard(CardSide.NEED, "venue", "A hall.", None), organisers[0])
    change_id, receipt_id = _asked_and_shown(award, organisers[0])
    return Held(
        event_id=event.id,
        slug=event.slug,
        ids={
            "account_id": accounts[Role.LP_MEMBER].id,
            "act_id": act.id,
            "decision_id": award.decision.id,
            "award_id": award.id,
            "bid_id": bids[-1].id,
            "card_id": on_wall.id,
            "check_in_id": check_in.id,
            "change_id": change_id,
            "receipt_id": receipt_id,
            "device_id": device_ids[-1],
            "digest": "0" * 64,
            "phone": "00" * 16,
            "number": envelopes,
            "place": 1,
            "reference": bids[-1].reference,
            "request_id": request.id,
            "serial": slips[-1].serial,
            "witness_id": witness.id,
        },
        first_bid=bids[0].id,
        code=slips[0].code,
        pass_code=passes[DeviceKind.STEWARD],
        card=card,
        sheet=code_of(event),
        tokens=tokens,
        accounts={
            "steward": accounts[Role.STEWARD].email,
            "member": accounts[Role.LP_MEMBER].email,
            "group": _contact_of(bids[0]),
        },
    )


def _devices(event: Event, organiser: Account) -> tuple[dict[DeviceKind, str], dict[DeviceKind, str], list[int]]:
    """A steward's and a compere's phone and a screen, all in, and the passes of the phones."""
    passes = {kind: make_pass(event, kind, organiser) for kind in (DeviceKind.STEWARD, DeviceKind.COMPERE)}
    asking = {kind: ask_with_pass(code, "Anna") for kind, code in passes.items()}
    asking[DeviceKind.SCREEN] = ask_as_screen(event)
    for device, _ in asking.values():
        allow(event, device.id, organiser)
    waiting, _ = ask_with_pass(passes[DeviceKind.STEWARD], "Ben")
    ids = [device.id for device, _ in asking.values()]
    return {kind: token for kind, (_, token) in asking.items()}, passes, [*ids, waiting.id]


def _account(role: Role, share: Share, name: str) -> Account:
    account = add_account(f"The {role.value} of {name}", f"{role.value}-{name.lower()}@council.example")
    account.is_demonstration = True
    grant_role(account, role, share.locality_id)
    return account


def _check_in(award: Award, member: Account) -> CheckIn:
    """What the member logged today, with a photo, and may still correct."""
    row = CheckIn(award_id=award.id, account_id=member.id, form_key="1", met_on=today(), needs=[])
    row.contact_method, row.standing = ContactMethod.CALL, Status.GOING_WELL
    db.session.add(row)
    db.session.flush()
    photo = keep_photo(read_photo(photo_file()), None)
    db.session.add(CheckInPhoto(check_in_id=row.id, key="1", place=1, photo_id=photo.id))
    return row


def _asked_and_shown(award: Award, by: Account) -> tuple[int, int]:
    """What the group asked for, which waits for its answer, and a receipt that it sent; their ids."""
    change = ChangeRequest(award_id=award.id, kind=ChangeKind.MORE_TIME, words="Rain", needs_reason=False)
    change.ends_on, change.asked_by_id = today(), by.id
    receipt = Receipt(award_id=award.id, position=1, given_by_id=by.id)
    receipt.photo = keep_photo(read_photo(photo_file()), None)
    db.session.add_all([change, receipt])
    db.session.flush()
    return change.id, receipt.id


def _contact_of(bid: Bid) -> str:
    assert bid.group
    contact = account_with_email(bid.group.contacts[0].account.email)
    assert contact
    contact.is_demonstration = True
    return contact.email


def rows_of(app: Flask, held: Held) -> dict[str, list[str]]:
    """Every row that belongs to the event, in every table that names an event or an award."""
    with app.app_context():
        event = event_called(held.slug)
        assert event
        tables = Base.metadata.sorted_tables
        found = {table.name: _rows(table, table.c.event_id == event.id) for table in tables if "event_id" in table.c}
        awards = sa.select(Award.id).where(Award.event_id == event.id)
        found |= {
            f"{table.name} of its awards": _rows(table, table.c.award_id.in_(awards))
            for table in tables
            if "award_id" in table.c
        }
        found["event"] = _rows(Event.__table__, Event.__table__.c.id == event.id)
        found["share"] = _rows(Share.__table__, Share.__table__.c.id == event.share_id)
        found["award"] = _rows(Award.__table__, Award.__table__.c.event_id == event.id)
        bids = {slot.bid_id for slot in event.running_order}
        found["bid"] = _rows(Bid.__table__, Bid.__table__.c.id.in_(bids))
        return found


def _rows(table: sa.FromClause, is_meant: sa.ColumnElement[bool]) -> list[str]:
    return sorted(repr(tuple(row)) for row in db.session.execute(sa.select(table).where(is_meant)))
