"""How to read the API, for people."""

from flask import render_template
from flask.typing import ResponseReturnValue

from pbvote.access import public_door
from pbvote.data_addresses import api_address
from pbvote.public_account.api.collections import SIZE
from pbvote.public_account.api.document import COLLECTIONS, fields_of
from pbvote.public_account.giving.writing import LICENCE

door = public_door("api_explained", __name__, url_prefix="/open")


@door.get("/api")
def explained() -> ResponseReturnValue:
    """What there is, how to ask, and what each field says."""
    shown = {"collections": COLLECTIONS, "fields_of": fields_of, "api_address": api_address, "size": SIZE}
    return render_template("public_account/api/explained.html", licence=LICENCE, **shown)
