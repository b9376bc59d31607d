"""What the session's cookie holds, and for how long: half a day, or a month on somebody's own phone."""

import datetime as dt

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadSignature

from pbvote.core.clock import now

LONG = dt.timedelta(days=30)
STAYS = "stays"
"""What a session holds that stays on its owner's phone. Whether it still may, only the database says."""


class ShortOrLongSessions(SecureCookieSessionInterface):
    """Flask's sessions, of which some outlive the app's own limit. A copied cookie is read no longer than that, too."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """What the cookie holds, if we signed it and it is not too old for what it is."""
        reader, cookie = self.get_signing_serializer(app), request.cookies.get(self.get_cookie_name(app))
        if reader is None or not cookie:
            return super().open_session(app, request)
        try:
            held, signed_at = reader.loads(cookie, return_timestamp=True)
        except BadSignature:
            return self.session_class()
        # Below nothing where the clock has gone back since: the signature is ours, so nobody is signed out for that.
        age = now() - signed_at
        return self.session_class(held if age <= (LONG if held.get(STAYS) else app.permanent_session_lifetime) else {})

    def get_expiration_time(self, app: Flask, session: SessionMixin) -> dt.datetime | None:
        """Until when a browser keeps the cookie."""
        return now() + LONG if session.permanent and session.get(STAYS) else super().get_expiration_time(app, session)
