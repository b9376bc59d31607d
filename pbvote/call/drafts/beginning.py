"""Begin a draft, and find the way back to it. Nothing here commits."""

import secrets
from collections.abc import Mapping

import sqlalchemy as sa

from pbvote.call.bids.answers import GROUP, MONEY, PROJECT, as_typed
from pbvote.call.bids.models import Bid, CameBy
from pbvote.call.bids.money_page import SEVERAL
from pbvote.call.bids.new_bid import NewBid
from pbvote.call.bids.pages import QUESTION
from pbvote.call.bids.service import has_changed_since
from pbvote.call.drafts import letters
from pbvote.call.drafts.form_pages import pages_of, parts_on
from pbvote.call.drafts.keeping import save_page
from pbvote.call.drafts.models import Draft
from pbvote.call.drafts.passes import Pass
from pbvote.call.groups.models import Group, GroupContact
from pbvote.call.rounds.models import Round
from pbvote.code_tags import tag_of
from pbvote.core.codes import new_code, read_code
from pbvote.core.money import format_money
from pbvote.db import db, insert_if_absent
from pbvote.people.codes import WrongCode
from pbvote.people.models import Account
from pbvote.people.service import account_with_email


class UnknownDraft(WrongCode):
    """A link that leads to no draft: mistyped, replaced by a newer letter's, or of one that was sent."""

    def __init__(self, typed: str) -> None:
        super().__init__(
            "This link does not work. Use the newest letter. If you have sent your bid, the draft is gone.", typed
        )


def begin_draft(round_: Round, email: str) -> Pass:
    """A new draft, whose way back is mailed to this address; the pass for the browser that begins it."""
    draft = Draft(round=round_, email=email)
    db.session.add(draft)
    db.session.flush()
    mail_way_back(draft)
    return Pass(draft.key, is_proven=False)


def begin_for_group(round_: Round, by: Account, came_by: CameBy) -> Pass:
    """A draft that an organiser writes for a group."""
    draft = Draft(round=round_, email="", came_by=came_by, keyed_by=by)
    db.session.add(draft)
    db.session.flush()
    return Pass(draft.key, is_proven=False)


def begin_change(bid: Bid) -> Pass:
    """The draft that would change a bid, holding all that the bid says; one for a bid, also where two write.

    One that was begun before the bid was changed would undo that change unseen, so it makes way.
    """
    wanted = sa.select(Draft).where(Draft.bid_id == bid.id)
    kept = db.session.scalar(wanted)
    if kept and has_changed_since(bid, kept.begun_at):
        db.session.delete(kept)
        db.session.flush()
    said = as_typed(bid)
    values = {"round_id": bid.round_id, "email": said.email, "bid_id": bid.id}
    begun = db.session.scalar(insert_if_absent(Draft, values).returning(Draft.id))
    draft = db.session.scalars(wanted).one()
    if begun is not None:
        fill_in(draft, said)
    return Pass(draft.key, is_proven=True)


def mail_way_back(draft: Draft) -> None:
    """Write to the draft's address a link that leads back to it. The link in an earlier letter ends."""
    code = new_code()
    draft.tag = tag_of("draft", code)
    letters.send_way_back(draft, code)


def draft_with(round_: Round, typed: str) -> Draft:
    """The draft whose newest letter has this code. Raises `UnknownDraft`."""
    code = read_code(typed)
    wanted = sa.select(Draft).where(Draft.round_id == round_.id)
    draft = db.session.scalar(wanted.where(Draft.tag == tag_of("draft", code))) if code else None
    if draft is None:
        raise UnknownDraft(typed)
    return draft


def readdress(draft: Draft, email: str) -> Pass:
    """Send the way back to another address, because the one before was wrong; whoever reads that one is out."""
    draft.email, draft.key = email, secrets.token_urlsafe(16)
    db.session.flush()
    mail_way_back(draft)
    return Pass(draft.key, is_proven=False)


def last_bid_of(draft: Draft) -> Bid | None:
    """The newest bid, in an earlier round, of a group that the reader of the draft's address speaks for."""
    account = account_with_email(draft.email) if draft.email else None
    if account is None:
        return None
    mine = sa.select(Bid).join(Bid.group).join(Group.contacts).where(GroupContact.account_id == account.id)
    return db.session.scalars(mine.where(Bid.round_id != draft.round_id).order_by(Bid.id.desc())).first()


def use_last_bid(draft: Draft, bid: Bid) -> Pass:
    """Write last year's answers into the draft.

    Only browsers that came by the mailed link go on from here: somebody else may have begun with this address.
    """
    draft.key = secrets.token_urlsafe(16)
    db.session.flush()
    fill_in(draft, as_typed(bid), parts=(GROUP, PROJECT))
    return Pass(draft.key, is_proven=True)


def fill_in(draft: Draft, new: NewBid, parts: tuple[str, ...] = (GROUP, PROJECT, MONEY)) -> None:
    """Write these parts of a bid into the pages of the draft that ask for them."""
    fields = _as_fields(new, draft)
    for page in pages_of(draft.round):
        typed = {name: text for part in parts_on(page) if part in parts for name, text in fields[part].items()}
        if typed:
            save_page(draft, page, typed, draft.version(page))


def _as_fields(new: NewBid, draft: Draft) -> Mapping[str, dict[str, str]]:
    """A bid as the fields of each part hold it."""
    names = ("group_name", "say_it", "registered_number", "money_holder", "contact_name", "email", "phone")
    group = {name: getattr(new, name) for name in (*names, "second_name", "second_email", "second_phone")}
    project = {name: getattr(new, name) for name in ("title", "summary", "who_benefits", "postcode")}
    project |= {"ward": str(new.ward_id or ""), "papers": new.papers or ""}
    project |= {f"{QUESTION}{key}": answer for key, answer in new.answers.items()}
    if new.works_with_people_at_risk:
        project["works_with_people_at_risk"] = "yes"
    asks = {f"ask_{locality_id}": _plain(pence) for locality_id, pence in new.asks.items()}
    if len(asks) == 1:
        asks = {"locality": str(next(iter(new.asks))), "ask": _plain(new.ask_pence)}
    else:
        asks["locality"] = SEVERAL
    for row, (what, pence) in enumerate(new.lines):
        asks |= {f"lines-{row}-what": what, f"lines-{row}-line_pence": _plain(pence)}
    return {GROUP: {**group, "kind": new.kind.value, "email": new.email or draft.email}, PROJECT: project, MONEY: asks}


def _plain(pence: int) -> str:
    return format_money(pence, "GBP").removeprefix("£")
