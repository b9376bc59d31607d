"""What funded groups work on, as the directory sorts them. A group chooses its own."""

import enum


class Theme(enum.StrEnum):
    """What a project is about."""

    CHILDREN = "children"
    OLDER = "older"
    HEALTH = "health"
    GREEN = "green"
    STREETS = "streets"
    SPORT = "sport"
    ARTS = "arts"
    SKILLS = "skills"
    FOOD = "food"
    TOGETHER = "together"

    @property
    def words(self) -> str:
        """As a page names it."""
        return _WORDS[self]


_WORDS = {
    Theme.CHILDREN: "Children and young people",
    Theme.OLDER: "Older people",
    Theme.HEALTH: "Health and wellbeing",
    Theme.GREEN: "Parks and green space",
    Theme.STREETS: "Streets and buildings",
    Theme.SPORT: "Sport and play",
    Theme.ARTS: "Arts and history",
    Theme.SKILLS: "Skills and work",
    Theme.FOOD: "Food and growing",
    Theme.TOGETHER: "Bringing people together",
}
