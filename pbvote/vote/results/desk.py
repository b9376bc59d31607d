"""Who came and who voted in a round, for organisers and auditors: numbers, and nothing of any outcome."""

from typing import Any

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from pbvote.access import desk_door
from pbvote.call.rounds.service import round_called
from pbvote.vote.door.names import AGES
from pbvote.vote.results.turnout import RoundTurnout

door = desk_door("results", __name__, url_prefix="/desk/rounds/<slug:slug>")


@door.get("/turnout")
def turnout(slug: str) -> ResponseReturnValue:
    """The turnout of each locality whose count is sealed, and who came by age band."""
    round_ = round_called(slug) or abort(404)
    shown = RoundTurnout.of(round_)
    return render_template("vote/results/turnout.html", round=round_, shown=shown, columns=_columns())


def _columns() -> list[dict[str, Any]]:
    """The columns of the table by age: one for each band, those who did not say, and all of them."""
    bands = {"locality": "Locality", **{band.value: words for band, words in AGES.items()}}
    every = bands | {"unsaid": "Not said", "total": "Together"}
    return [{"label": label, "key": key, _LOOK[key == "locality"]: True} for key, label in every.items()]


_LOOK = {True: "is_heading", False: "is_number"}
