"""The register: accounts, signing in, letters and files."""

from typing import Final

from pbvote.rights.one_person.register.held import FOR_THE_BOOKS, STAFF, Held

_TO_SIGN_IN: Final = "To sign them in"
_ONLY_PROGRAM: Final = "Nobody; the program compares it"

ACCOUNTS: Final = (
    Held(
        "account",
        "Account",
        "To sign in, and to be written to",
        "Until the person or an organiser asks for its end",
        f"{STAFF}; groups and mentors see each other’s",
        whose="id email",
        names="name email",
        shut="password_hash totp_secret session_key",
        together={"id": "name email", "email": "name email"},
    ),
    Held(
        "role_grant",
        "Roles",
        "To say which pages they may open",
        "Until an organiser takes the role away",
        STAFF,
        whose="account_id",
        goes=True,
    ),
    Held(
        "kept_session",
        "Phones that stay signed in",
        _TO_SIGN_IN,
        "30 days",
        f"The person, {STAFF.lower()}",
        whose="account_id",
        shut="tag",
        plain="device",
        goes=True,
    ),
    Held(
        "mailed_link",
        "Links that were mailed",
        _TO_SIGN_IN,
        "With the account",
        _ONLY_PROGRAM,
        whose="account_id",
        shut="tag",
        plain="leads_to",
        goes=True,
    ),
    Held(
        "letter",
        "Letters in the outbox",
        "To send them, and to show that they went",
        "The text until it is sent; to whom and when, with the council’s records",
        STAFF,
        whose="recipient",
        names="recipient",
        words="subject body",
        withheld="body",
        shut="stops_at",
        together={"recipient": "recipient"},
        goes=True,
    ),
    Held(
        "stored_file",
        "Files that they sent",
        "A bid’s papers, a photo or a receipt",
        "With what it stands beside",
        "As far as that can be read; documents: organisers, auditors and the group",
        whose="given_by_id",
        words="name",
        plain="digest media_type",
    ),
    Held(
        "erasure",
        "Erasures that they pressed",
        "To show that a right was met",
        FOR_THE_BOOKS,
        "Organisers",
        decided="by_id",
        plain="rows",
    ),
)
