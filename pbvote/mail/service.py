"""Write letters, and carry them to the mail server."""

import datetime as dt
import smtplib
import ssl
from collections.abc import Mapping, Sequence
from email.headerregistry import BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import EmailPolicy, Policy
from email.utils import parseaddr
from typing import Any

import sqlalchemy as sa
from flask import current_app
from sqlalchemy.orm import defer

from pbvote.core.clock import now
from pbvote.db import begin_write, db
from pbvote.mail.models import MOST_ATTEMPTS, Letter, LetterAttachment, LetterState
from pbvote.paging import Page, fetch_page

GIVEN_UP_DAYS = 3
"""The last attempt comes after a day and a half."""
_IS_UNSENT = sa.and_(Letter.sent_at.is_(None), Letter.called_back_at.is_(None))
_STATES: Mapping[LetterState, sa.ColumnElement[bool]] = {
    LetterState.WAITING: sa.and_(_IS_UNSENT, Letter.attempts < MOST_ATTEMPTS),
    LetterState.SENT: Letter.sent_at.is_not(None),
    LetterState.FAILED: sa.and_(_IS_UNSENT, Letter.attempts >= MOST_ATTEMPTS),
    LetterState.CALLED_BACK: Letter.called_back_at.is_not(None),
}


class _OneLine(UnstructuredHeader, BaseHeader):
    """A header that is never folded: a long address in it would become an encoded word, which no mail program reads."""

    def fold(self, *, policy: Policy) -> str:
        """The whole of it, whatever its length."""
        return f"{self.name}: {self}{policy.linesep}"


_HEADERS = HeaderRegistry()
_HEADERS.map_to_type("list-unsubscribe", _OneLine)


def write_letter(
    recipient: str,
    subject: str,
    body: str,
    not_before: dt.datetime | None = None,
    *,
    is_kept: bool = True,
    pdfs: Mapping[str, bytes] | None = None,
    stops_at: str = "",
) -> Letter:
    """Put a letter into the outbox, in the transaction of whatever it tells about.

    A subject is one line, and may name what somebody typed: line ends in it become blanks. A letter with a `not_before`
    waits until then, and can be called back for as long as nobody has tried to send it. Of one that is not kept nothing
    is left once it has gone. `pdfs` travel with it, each under its name. `stops_at` is the address at which one press
    stops such letters: mail programs show a button for it.
    """
    letter = Letter(recipient=recipient, subject=" ".join(subject.split()), body=body, not_before=not_before)
    letter.is_kept, letter.stops_at = is_kept, stops_at
    for name, content in (pdfs or {}).items():
        letter.attachments.append(LetterAttachment(name=name, media_type="application/pdf", content=content))
    db.session.add(letter)
    return letter


def call_back(letter_ids: Sequence[int]) -> int:
    """Take letters back that nobody has tried to send yet; how many those were. Their text and files are emptied.

    A sender that claims one of them at this moment decides the race with its own statement: one of the two finds it.
    """
    claim = sa.update(Letter).where(Letter.id.in_(letter_ids), _IS_UNSENT, Letter.attempts == 0)
    called_back = db.session.scalars(
        claim.values(called_back_at=now(), body="", stops_at="").returning(Letter.id)
    ).all()
    db.session.execute(sa.delete(LetterAttachment).where(LetterAttachment.letter_id.in_(called_back)))
    return len(called_back)


def stop_letter(letter_id: int) -> None:
    """Send a letter no more that could not be sent yet: nobody is left to get it. Its text and files are emptied."""
    wanted = sa.update(Letter).where(Letter.id == letter_id, Letter.sent_at.is_(None))
    attempts = sa.case((Letter.called_back_at.is_(None), MOST_ATTEMPTS), else_=Letter.attempts)
    db.session.execute(wanted.values(body="", stops_at="", attempts=attempts))
    db.session.execute(sa.delete(LetterAttachment).where(LetterAttachment.letter_id == letter_id))


def find_letters(words: str, state: LetterState | None, page: int) -> Page[Letter]:
    """A page of the outbox, newest first: letters with the words in their address or subject, and in the state, if any.

    Bodies are neither searched nor loaded: they hold links that sign people in.
    """
    wanted = sa.select(Letter).options(defer(Letter.body, raiseload=True)).order_by(Letter.id.desc())
    if words:
        places = Letter.recipient.icontains(words, autoescape=True), Letter.subject.icontains(words, autoescape=True)
        wanted = wanted.where(sa.or_(*places))
    if state:
        wanted = wanted.where(_STATES[state])
    return fetch_page(wanted, page)


def send_waiting_letters(config: Mapping[str, Any]) -> int:
    """Send what waits in the outbox over SMTP and return how many went. Each letter is its own transaction.

    A letter that fails, whatever the reason, stays and is tried again by a later call, after 1, 3, 7, … minutes and for
    a day and a half at most: some servers take nothing from a stranger for the first quarter of an hour. The body of a
    sent letter is emptied, since it may hold a link that signs somebody in; what was attached goes. Raises `OSError`
    when the server is or goes away, and `ValueError`, before any letter is touched, when the sender's own address will
    not do.
    """
    waiting = _waiting_letters()
    if not waiting:
        return 0
    EmailMessage()["From"] = config["MAIL_FROM"]
    sent = 0
    with connect(config) as server:
        for letter_id, attempts in waiting:
            sent += _send(server, letter_id, attempts, config["MAIL_FROM"])
    return sent


def connect(config: Mapping[str, Any]) -> smtplib.SMTP:
    """The mail server, which has let us in. Raises `OSError` where it does not, or is not there."""
    server = smtplib.SMTP(config["SMTP_HOST"], config["SMTP_PORT"], timeout=20)
    try:
        if config["SMTP_STARTTLS"]:
            server.starttls(context=ssl.create_default_context())
        if config["SMTP_USER"]:
            server.login(config["SMTP_USER"], config["SMTP_PASSWORD"])
    except BaseException:
        server.close()
        raise
    return server


def forget_letters() -> int:
    """Delete the letters that are not kept and nobody could deliver in `GIVEN_UP_DAYS`; how many they were."""
    is_old = Letter.written_at < now() - dt.timedelta(days=GIVEN_UP_DAYS)
    gone = sa.delete(Letter).where(Letter.is_kept.is_(False), is_old).returning(Letter.id)
    return len(db.session.scalars(gone).all())


def overdue_letters(by: dt.timedelta) -> int:
    """How many letters could have left so long ago, and nobody has tried to send them."""
    since = sa.func.coalesce(Letter.not_before, Letter.written_at)
    wanted = sa.select(sa.func.count()).select_from(Letter).where(_IS_UNSENT, Letter.attempts == 0, since < now() - by)
    return db.session.scalar(wanted) or 0


def failed_letters() -> int:
    """How many letters were given up."""
    wanted = sa.select(sa.func.count()).select_from(Letter).where(_STATES[LetterState.FAILED])
    return db.session.scalar(wanted) or 0


def _waiting_letters() -> list[tuple[int, int]]:
    """The id of each letter that is due, oldest first, and how often it was tried."""
    wanted = sa.select(Letter).where(_STATES[LetterState.WAITING]).order_by(Letter.id)
    return [
        (letter.id, letter.attempts)
        for letter in db.session.scalars(wanted)
        if (letter.not_before or letter.written_at) + dt.timedelta(minutes=2**letter.attempts - 1) <= now()
    ]


def _send(server: smtplib.SMTP, letter_id: int, attempts: int, sender: str) -> bool:
    """Claim one letter, send it outside any transaction, and note that it went.

    A process that dies between sending and noting sends the letter twice; no letter is lost.
    """
    begin_write()
    claim = sa.update(Letter).where(Letter.id == letter_id, _IS_UNSENT, Letter.attempts == attempts)
    letter = db.session.scalar(claim.values(attempts=attempts + 1).returning(Letter))
    if letter is None:
        db.session.rollback()
        return False
    attached = db.session.scalars(_attached_to(letter_id)).all()
    for row in (letter, *attached):
        db.session.expunge(row)
    db.session.commit()
    if not _is_taken(server, letter, attached, sender):
        return False
    begin_write()
    this = Letter.id == letter_id
    noted = (
        sa.update(Letter).where(this).values(sent_at=now(), body="", stops_at="")
        if letter.is_kept
        else sa.delete(Letter).where(this)
    )
    db.session.execute(sa.delete(LetterAttachment).where(LetterAttachment.letter_id == letter_id))
    db.session.execute(noted)
    db.session.commit()
    return True


def _attached_to(letter_id: int) -> sa.Select[LetterAttachment]:
    return sa.select(LetterAttachment).where(LetterAttachment.letter_id == letter_id).order_by(LetterAttachment.name)


def _is_taken(server: smtplib.SMTP, letter: Letter, attached: Sequence[LetterAttachment], sender: str) -> bool:
    """Whether the server took the letter. Raises `OSError` when it hung up: later letters are not to blame for that."""
    try:
        server.send_message(_message(letter, attached, sender))
    except smtplib.SMTPException as failure:
        if server.sock is None:
            raise
        _log(letter, failure)
    except OSError:
        raise
    except Exception as failure:  # whatever is wrong with this letter, the others must leave
        _log(letter, failure)
        server.rset()  # it may have been told half of it
    else:
        return True
    return False


def _log(letter: Letter, failure: Exception) -> None:
    """Say which letter failed and how. The failure's own words may hold an address."""
    current_app.logger.warning("letter %d was not sent: %s", letter.id, type(failure).__name__)


def _message(letter: Letter, attached: Sequence[LetterAttachment], sender: str) -> EmailMessage:
    """The letter as it travels. Its id stays the same at every attempt, so that a second copy can be known."""
    message = EmailMessage(EmailPolicy(header_factory=_HEADERS))
    message["From"], message["To"], message["Subject"] = sender, letter.recipient, letter.subject
    message["Date"] = letter.written_at
    domain = parseaddr(sender)[1].rpartition("@")[2]
    message["Message-ID"] = f"<letter-{letter.id}-{int(letter.written_at.timestamp())}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    if letter.stops_at:
        message["List-Unsubscribe"] = f"<{letter.stops_at}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.body)
    for each in attached:
        main, _, kind = each.media_type.partition("/")
        message.add_attachment(each.content, maintype=main, subtype=kind, filename=each.name)
    return message
