"""A small `.pb` file as text, for tests to bend."""

from collections.abc import Mapping

META = {
    "description": "Test",
    "country": "United Kingdom",
    "unit": "Trafford",
    "instance": "2014",
    "num_projects": "2",
    "num_votes": "3",
    "budget": "100",
    "vote_type": "approval",
    "rule": "greedy",
    "date_begin": "12.07.2014",
    "date_end": "12.07.2014",
}
PROJECTS = "project_id;cost;votes\na;60;3\nb;50;1"
VOTES = "voter_id;vote\n1;a\n2;a,b\n3;a"


def pb_text(meta: Mapping[str, str] | None = None, projects: str = PROJECTS, votes: str = VOTES) -> str:
    """A valid file, with keys of META changed (an empty value takes one out) and sections replaced."""
    pairs = {key: value for key, value in {**META, **(meta or {})}.items() if value}
    rows = "".join(f"{key};{value}\n" for key, value in pairs.items())
    return f"META\nkey;value\n{rows}PROJECTS\n{projects}\nVOTES\n{votes}\n"
