"""The two letters to whoever wants to know when a result is out. Neither stays in the outbox once it has left."""

from flask import current_app
from flask_babel import force_locale, gettext

from pbvote.addresses import reminder_page, result_page
from pbvote.core.codes import in_groups
from pbvote.mail.service import write_letter
from pbvote.vote.events.models import Event


def ask_to_confirm(event: Event, email: str, code: str, language: str) -> None:
    """Ask whether the address is theirs, in the language of the page. It holds nothing that anybody typed."""
    council = str(current_app.config["COUNCIL_NAME"])
    parts = (
        gettext("Somebody has asked us to tell you when the result of %(event)s is out.", event=event.name),
        gettext("Was it you? Open this link and press the button:"),
        reminder_page(event.slug, in_groups(code), language),
        gettext(
            "If the link does not open, go to %(address)s and type %(code)s",
            address=reminder_page(event.slug, language=language),
            code=in_groups(code),
        ),
        gettext("If it was not you, do nothing. We delete your address after 7 days."),
        council,
    )
    write_letter(email, gettext("Shall we write when the result is out?"), _page(parts), is_kept=False)


def say_result_is_out(event: Event, email: str, language: str) -> None:
    """Say where the result is, once."""
    with force_locale(language):
        parts = (
            gettext("The result of %(event)s is out:", event=event.name),
            result_page(event.slug, language),
            gettext("You asked us for this letter. It is the only one, and we have deleted your address."),
            str(current_app.config["COUNCIL_NAME"]),
        )
        write_letter(email, gettext("The result is out: %(event)s", event=event.name), _page(parts), is_kept=False)


def _page(parts: tuple[str, ...]) -> str:
    return "\n\n".join(parts) + "\n"
