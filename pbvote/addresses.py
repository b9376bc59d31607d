"""The addresses that pbvote writes into letters, QR codes and printed paper. Pages link with `url_for`.

A test compares each with the app's own routes, so that a renamed door breaks no printed card in silence.
"""

from urllib import parse

from flask import current_app


def base_url() -> str:
    """Where this service is reached: scheme and host, without a slash at the end."""
    return str(current_app.config["BASE_URL"])


def voters_page(event_slug: str, code: str = "") -> str:
    """Where a slip's QR code leads. The code stands behind the ``#``, so that no log and no proxy sees it."""
    return f"{base_url()}/v/{event_slug}" + (f"#{code}" if code else "")


def envelope_page(event_slug: str, number: int) -> str:
    """Where the QR code on an envelope leads: a page for stewards with one button. It is no secret."""
    return f"{base_url()}/door/{event_slug}/envelopes/{number}"


def witness_page(code: str) -> str:
    """Where the QR code of a witness's card leads. The code stands behind the ``#``."""
    return f"{base_url()}/witness#{code}"


def pass_page(code: str) -> str:
    """Where the QR code of a steward's or a compere's pass leads. The code stands behind the ``#``."""
    return f"{base_url()}/pass#{code}"


def venue_page(event_slug: str, code: str = "") -> str:
    """Where the QR code of an event's test sheet leads. The code stands behind the ``#``."""
    return f"{base_url()}/venue/{event_slug}" + (f"#{code}" if code else "")


def seal_page(event_slug: str) -> str:
    """Where anybody reads an event's seal. Its own QR code, on the hall's screen, leads there."""
    return f"{base_url()}/results/{event_slug}/seal"


def result_page(event_slug: str, language: str = "") -> str:
    """Where anybody reads an event's result, once it is public, in one of the voters' languages; English without."""
    return f"{base_url()}/results/{event_slug}" + _in_language(language)


def reminder_page(event_slug: str, code: str = "", language: str = "") -> str:
    """Where somebody confirms that a letter about a result may come. The code stands behind the ``#``."""
    return f"{base_url()}/events/{event_slug}/remind/link" + _in_language(language) + (f"#{code}" if code else "")


def _in_language(language: str) -> str:
    return f"?lang={language}" if language not in {"", "en"} else ""


def choosing_page(event_slug: str) -> str:
    """Where a member of the partnership chooses. It asks them to sign in."""
    return f"{base_url()}/my/choosing/{event_slug}"


def event_page(event_slug: str, language: str = "") -> str:
    """Where the public reads what an event's groups ask for, in one of the voters' languages; English without."""
    return f"{base_url()}/events/{event_slug}" + _in_language(language)


def calendar_file(event_slug: str) -> str:
    """An event for a calendar."""
    return f"{base_url()}/events/{event_slug}/calendar.ics"


def confirmation_page(round_slug: str, code: str = "") -> str:
    """Where a group's contact confirms a bid. The code stands behind the ``#``."""
    return f"{base_url()}/rounds/{round_slug}/bid/link" + (f"#{code}" if code else "")


def bid_page(round_slug: str) -> str:
    """Where a group begins to bid in a round."""
    return f"{base_url()}/rounds/{round_slug}/bid"


def answer_page(code: str = "") -> str:
    """Where a group answers a question about its bid. The code stands behind the ``#``."""
    return f"{base_url()}/bids/answer" + (f"#{code}" if code else "")


def look_again_page(code: str = "") -> str:
    """Where a group asks for a second look at a refusal. The code stands behind the ``#``."""
    return f"{base_url()}/bids/look-again" + (f"#{code}" if code else "")


def offers_page(bid_id: int = 0) -> str:
    """Where a group reads what it was offered, and answers: all of it, or one bid's. It asks them to sign in."""
    return f"{base_url()}/my/awards/" + (f"#bid-{bid_id}" if bid_id else "")


def second_person_page(code: str = "") -> str:
    """Where a second person of a group confirms that it accepts. The code stands behind the ``#``."""
    return f"{base_url()}/grant" + (f"#{code}" if code else "")


def funded_group_page(award_id: int) -> str:
    """Where an LP member finds one funded group, and logs a check-in."""
    return f"{base_url()}/my/groups/{award_id}"


def funded_groups_page() -> str:
    """Where an LP member finds every group that they see to."""
    return f"{base_url()}/my/groups/"


def sign_in_page(leads_to: str = "") -> str:
    """Where somebody with a password signs in, and then comes to the page with this path."""
    return f"{base_url()}/sign-in" + (f"?next={parse.quote(leads_to)}" if leads_to else "")


def link_by_mail_page(leads_to: str = "") -> str:
    """Where a group asks for a link that signs in, and then opens the page with this path."""
    return f"{base_url()}/sign-in/by-mail" + (f"?next={parse.quote(leads_to)}" if leads_to else "")


def draft_page(round_slug: str, code: str = "") -> str:
    """Where the way back to a draft leads. The code stands behind the ``#``."""
    return f"{base_url()}/rounds/{round_slug}/bid/draft" + (f"#{code}" if code else "")


def one_award_page(award_id: int) -> str:
    """Where an organiser reads everything about one funded group. It asks them to sign in."""
    return f"{base_url()}/desk/monitoring/{award_id}"


def desk_page() -> str:
    """Where an organiser's work begins."""
    return f"{base_url()}/desk/"


def account_page() -> str:
    """Where somebody switches their weekly letter off or on. It asks them to sign in."""
    return f"{base_url()}/my/phones#weekly-letter"


def worry_page(worry_id: int) -> str:
    """Where an organiser reads and answers a member's worry. It asks them to sign in."""
    return f"{base_url()}/desk/worries/{worry_id}"


def listing_page(award_id: int) -> str:
    """Where a funded group says what the directory shows of it. It asks them to sign in."""
    return f"{base_url()}/my/awards/{award_id}/directory"


def own_profile_page(locality_slug: str) -> str:
    """Where a member writes what everybody reads of them. It asks them to sign in."""
    return f"{base_url()}/my/partnership/{locality_slug}/profile"


def meetings_page(locality_slug: str) -> str:
    """Where anybody finds a partnership's meetings."""
    return f"{base_url()}/localities/{locality_slug}/meetings"


def meetings_feed(locality_slug: str) -> str:
    """A partnership's agendas and minutes for feed readers."""
    return f"{meetings_page(locality_slug)}.atom"


def meeting_page(locality_slug: str, meeting_id: int) -> str:
    """Where anybody reads about one meeting."""
    return f"{meetings_page(locality_slug)}/{meeting_id}"


def updates_page(locality_slug: str) -> str:
    """Where anybody reads what a partnership tells everybody."""
    return f"{base_url()}/localities/{locality_slug}/updates"


def update_page(locality_slug: str, update_id: int) -> str:
    """Where anybody reads one update."""
    return f"{updates_page(locality_slug)}/{update_id}"


def updates_feed(locality_slug: str) -> str:
    """A partnership's updates for feed readers."""
    return f"{updates_page(locality_slug)}.atom"


def confirm_telling_page(code: str = "") -> str:
    """Where somebody confirms that a partnership may write to them. The code stands behind the ``#``."""
    return f"{base_url()}/tell-me/confirm" + (f"#{code}" if code else "")


def change_telling_page(code: str = "") -> str:
    """Where somebody changes what a partnership tells them. The code stands behind the ``#``."""
    return f"{base_url()}/tell-me/change" + (f"#{code}" if code else "")


def stop_telling_page(code: str) -> str:
    """Where one press stops a partnership's letters. Mail programs press it, so the code stands in the path."""
    return f"{base_url()}/tell-me/stop/{code}"


def subgroup_page(locality_slug: str, subgroup_id: int) -> str:
    """Where anybody reads about a partnership's sub-group."""
    return f"{base_url()}/localities/{locality_slug}/sub-groups/{subgroup_id}"


def joiners_page(locality_slug: str, subgroup_id: int) -> str:
    """Where its lead and editors see who has joined a sub-group. It asks them to sign in."""
    return f"{base_url()}/my/partnership/{locality_slug}/sub-groups/{subgroup_id}/people"


def confirm_joining_page(code: str = "") -> str:
    """Where somebody confirms that they join a sub-group. The code stands behind the ``#``."""
    return f"{base_url()}/sub-groups/confirm" + (f"#{code}" if code else "")


def leave_subgroup_page(code: str) -> str:
    """Where one press leaves a sub-group. Mail programs press it, so the code stands in the path."""
    return f"{base_url()}/sub-groups/leave/{code}"


def consultation_page(locality_slug: str, consultation_id: int) -> str:
    """Where anybody reads a consultation and what came of it."""
    return f"{base_url()}/localities/{locality_slug}/consultations/{consultation_id}"


def consultation_address(code: str) -> str:
    """Where a consultation's poster leads: short, so that its QR code can be read from afar. It is no secret."""
    return f"{base_url()}/c/{code}"


def partnership_page(locality_slug: str) -> str:
    """Where editors keep a partnership's page. It asks them to sign in."""
    return f"{base_url()}/my/partnership/{locality_slug}"


def money_page(round_slug: str) -> str:
    """Where anybody reads what became of a round's money."""
    return f"{base_url()}/money/{round_slug}"


def gathering_page(gathering_id: int) -> str:
    """Where anybody reads about a gathering."""
    return f"{base_url()}/gatherings/{gathering_id}"


def own_gathering_page(gathering_id: int, group_id: int) -> str:
    """Where a group signs up for a gathering, says how many come, or gives places back. It asks them to sign in."""
    return f"{base_url()}/my/gatherings/{gathering_id}/{group_id}"


def own_card_page(code: str = "") -> str:
    """Where a card's author says how it stands. The code stands behind the ``#``."""
    return f"{base_url()}/wall/card" + (f"#{code}" if code else "")


def answer_to_card_page(code: str = "") -> str:
    """Where somebody confirms what they answered to a card. The code stands behind the ``#``."""
    return f"{base_url()}/wall/answer" + (f"#{code}" if code else "")


def funded_group_public_page(award_id: int) -> str:
    """Where anybody reads what a funded group does with its grant."""
    return f"{base_url()}/groups/{award_id}"


def giving_page() -> str:
    """Where anybody finds the council's 360Giving data, explained."""
    return f"{base_url()}/open/360giving"
