"""A group's need is met by what another group can give, through one introduction."""

from tests.browser.partnership.people import Editor, GroupsContact, Resident

NEED, OFFER = "Two people to serve soup on Fridays.", "Three of us are free on Fridays."
AGREES = "Pass my name and my e-mail address on to whoever you introduce us to"


def meet_a_need(soup: GroupsContact, hall: GroupsContact, marek: Editor, ann: Resident) -> None:
    """Each stands on the wall under its group's name, and no person's. Both hear of one another by a letter each."""
    for group, award_id, side, sentence in (
        (soup, 1, "We could use something", NEED),
        (hall, 2, "We can give something", OFFER),
    ):
        group.opens_wall_cards(award_id)
        group.chooses(side, "Volunteers", AGREES)
        group.types(sentence=sentence)
        group.page.locator("[name=ward]").select_option("Priory")
        group.presses("Put it on the wall")
    ann.opens("wall")
    ann.reads(NEED, OFFER, "Group 1", "Group 2")
    ann.does_not_read(soup.email, hall.email, "Contact of")
    marek.opens("wall")
    marek.presses("Introduce Group 1 to Group 2: Three of us are free on Fridays.")
    town = marek.council
    for group, other in ((soup, hall), (hall, soup)):
        [letter, *_] = town.letters_to(group.email)
        assert other.email in letter.body
    ann.opens("wall")
    ann.reads("Introduced")
    soup.opens_wall_cards(1)
    soup.presses("It helped : Two people to serve soup on Fridays.")
    ann.opens("wall")
    ann.reads("Helped")
