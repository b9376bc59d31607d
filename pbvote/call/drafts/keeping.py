"""Keep what is typed: page by page, and nothing overwritten unseen. Nothing here commits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from pbvote.call.bids.answers import MONEY
from pbvote.call.drafts.form_pages import PartsOnPage, Writer, page_form, pages_of, parts_on
from pbvote.call.drafts.models import Draft, DraftPage
from pbvote.call.rounds.extensions import shares_for
from pbvote.call.rounds.models import Share
from pbvote.core.clock import now
from pbvote.db import db, insert_if_absent


class Overtaken(Exception):
    """Somebody has saved this page since it was read. Nothing was overwritten: the writer chooses."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One question that two people answered in two ways."""

    name: str
    question: str
    mine: str
    theirs: str

    @property
    def kept(self) -> str:
        """Which of the two is kept unless the writer says otherwise: the only one that says something, or neither."""
        if self.mine and self.theirs:
            return ""
        return "mine" if self.mine else "theirs"


def save_page(draft: Draft, page: str, typed: Mapping[str, str], seen: int) -> int:
    """Keep what was typed on a page, if nobody saved it since version `seen`; its version now. Raises `Overtaken`.

    The same text sent again changes nothing: an answer may have been lost on the way.
    """
    values = {"typed": dict(typed), "saved_at": now()}
    kept = db.session.get(DraftPage, (draft.id, page), populate_existing=True)
    if kept and kept.typed == values["typed"]:
        return kept.version
    row = {"draft_id": draft.id, "page": page}
    if seen == 0:
        first = insert_if_absent(DraftPage, {**row, "version": 1, **values}).returning(DraftPage.version)
        version = db.session.scalar(first)
    else:
        claim = sa.update(DraftPage).filter_by(**row).where(DraftPage.version == seen)
        version = db.session.scalar(claim.values(version=seen + 1, **values).returning(DraftPage.version))
    if version is None:
        raise Overtaken
    db.session.expire(draft, ["pages"])
    return version


def shares_of(draft: Draft) -> list[Share]:
    """The shares that take bids today, and those that the draft asks all the same; if there is none, all.

    Somebody may write for weeks while a share stops taking bids: their form keeps every box.
    """
    typed = next((draft.typed(page) for page in pages_of(draft.round) if MONEY in parts_on(page)), None) or {}
    asked = {typed.get("locality", ""), *(name[4:] for name, text in typed.items() if name[:4] == "ask_" and text)}
    of_round = draft.round.shares
    taking = shares_for(of_round, draft.email)
    return [share for share in of_round if share in taking or str(share.locality_id) in asked] or list(of_round)


def form_of(draft: Draft, page: str, typed: Mapping[str, str] | None) -> PartsOnPage:
    """A page of the draft with what was typed."""
    return _form_of(draft, page, typed, shares_of(draft))


def _form_of(draft: Draft, page: str, typed: Mapping[str, str] | None, shares: Sequence[Share]) -> PartsOnPage:
    writer = Writer(draft.email, is_keyed=draft.keyed_by_id is not None, is_change=draft.bid_id is not None)
    return page_form(page, typed or {}, draft.round, shares, writer)


def fields_typed(form: PartsOnPage, sent: Mapping[str, str]) -> dict[str, str]:
    """Of what was sent, what the page's own fields are called."""
    return {
        name: text
        for name, text in sent.items()
        if any(name == field.name or name.startswith(f"{field.name}-") for field in form.page_fields())
    }


def differences(form: PartsOnPage, mine: Mapping[str, str], theirs: Mapping[str, str]) -> list[Difference]:
    """The questions of a page that were answered in two ways."""
    found = []
    for field in form.page_fields():
        pair = [_said(field, _of_field(field.name, typed)) for typed in (mine, theirs)]
        if pair[0] != pair[1]:
            found.append(Difference(field.name, str(field.label.text), *pair))
    return found


def _of_field(name: str, typed: Mapping[str, str]) -> dict[str, str]:
    return {key: text for key, text in typed.items() if key == name or key.startswith(f"{name}-")}


def _said(field: object, typed: Mapping[str, str]) -> str:
    """An answer in words: of a choice what the page calls it."""
    choices = {str(value): words for value, words in getattr(field, "choices", None) or ()}
    return "\n".join(choices.get(text, text) for text in typed.values() if text)


def choose(names: Iterable[str], mine: Mapping[str, str], theirs: Mapping[str, str]) -> dict[str, str]:
    """What was typed, with the other writer's answers to the questions named."""
    chosen = dict(mine)
    for name in names:
        for key in _of_field(name, mine):
            del chosen[key]
        chosen |= _of_field(name, theirs)
    return chosen


def forms_of(draft: Draft) -> Sequence[tuple[str, PartsOnPage]]:
    """Every page of the draft as it was typed."""
    shares = shares_of(draft)
    return [(page, _form_of(draft, page, draft.typed(page), shares)) for page in pages_of(draft.round)]
