"""Years beside that of 2014, in outline. What is known of them was on the council's pages; the rest is invented.

A line says which of the two, and so does every page, poster and file that shows it.
"""

from typing import Final

from pbvote.localities.service import all_localities
from pbvote.people.models import Account
from pbvote.public_account.outlines.models import FigureSource, OutlineLine, YearFigure
from pbvote.public_account.outlines.service import keep_outlines, publish_outline

_PAGE: Final = "the council’s page about the grants of {}"
_HERE: Final = "this demonstration"
_PAPERS: Final = "Papers in a box at each event"
_HEADS: Final = "Heads at the door"
_ALL: Final = ""
_PUBLISHED: Final = (
    (2013, _ALL, YearFigure.POT, 160_000_00),
    (2015, "south-trafford", YearFigure.POT, 20_000_00),
    (2015, "south-trafford", YearFigure.BIDS, 22),
)
_INVENTED: Final = (
    (2012, _ALL, YearFigure.POT, 90_000_00),
    (2012, _ALL, YearFigure.VOTED, 121),
    (2012, _ALL, YearFigure.GRANTS, 31),
    (2012, _ALL, YearFigure.AWARDED, 88_400_00),
    (2013, _ALL, YearFigure.BIDS, 84),
    (2013, _ALL, YearFigure.VOTED, 236),
    (2013, _ALL, YearFigure.ATTENDED, 270),
    (2013, _ALL, YearFigure.GRANTS, 52),
    (2013, _ALL, YearFigure.AWARDED, 158_750_00),
    (2013, "sale", YearFigure.POT, 40_000_00),
    (2013, "old-trafford-stretford", YearFigure.POT, 40_000_00),
    (2015, "south-trafford", YearFigure.VOTED, 164),
    (2015, "south-trafford", YearFigure.ATTENDED, 190),
    (2015, "south-trafford", YearFigure.GRANTS, 9),
    (2015, "south-trafford", YearFigure.AWARDED, 19_620_00),
    (2017, "sale", YearFigure.POT, 25_000_00),
    (2017, "sale", YearFigure.BIDS, 17),
    (2017, "sale", YearFigure.VOTED, 203),
    (2017, "sale", YearFigure.ATTENDED, 215),
    (2017, "sale", YearFigure.GRANTS, 8),
)
_GRANTS: Final = (
    (2012, _ALL, "Canal Bank Litter Pickers", "Boots and barrows", 640_00),
    (2012, _ALL, "Thursday Lunch Club", "A second cooker", 1_150_00),
    (2013, "sale", "Sale Brass Beginners", "Ten cornets to lend", 3_200_00),
    (2013, "sale", "Worthington Park Gardeners", "Raised beds", 1_875_00),
    (2013, "old-trafford-stretford", "Seymour Sewing Circle", "Machines and a teacher", 2_400_00),
    (2015, "south-trafford", "Timperley Talking Walks", "A bench every half mile", 2_950_00),
    (2015, "south-trafford", "Altrincham Repair Bench", "Tools and insurance", 1_840_00),
    (2015, "south-trafford", "Hale Barns Homework Room", "Two evenings a week", None),
    (2017, "sale", "Ashton Junior Rowers", "Life jackets", 3_000_00),
    (2017, "sale", "Memory Tea Room", "A year of Tuesdays", 2_310_00),
)


def tell_other_years(organiser: Account) -> None:
    """2012, 2013, 2015 and 2017, for everybody to read."""
    places = {locality.slug: locality.id for locality in all_localities()}
    years: dict[int, list[OutlineLine]] = {}
    told = [(*line, FigureSource.PUBLISHED) for line in _PUBLISHED] + [
        (*line, FigureSource.INVENTED) for line in _INVENTED
    ]
    for year, place, figure, number, source in told:
        line = OutlineLine(locality_id=places.get(place), figure=figure, number=number, source=source)
        line.found_in = _PAGE.format(year) if source is FigureSource.PUBLISHED else _HERE
        line.counted = {YearFigure.VOTED: _PAPERS, YearFigure.ATTENDED: _HEADS}.get(figure, "")
        years.setdefault(year, []).append(line)
    for year, place, group, project, pence in _GRANTS:
        line = OutlineLine(locality_id=places.get(place), figure=YearFigure.GRANT, number=pence, found_in=_HERE)
        line.group_name, line.project, line.source = group, project, FigureSource.INVENTED
        years.setdefault(year, []).append(line)
    for lines in years.values():
        for position, line in enumerate(lines, 1):
            line.position = position
    keep_outlines(years, organiser)
    for year in years:
        publish_outline(year)
