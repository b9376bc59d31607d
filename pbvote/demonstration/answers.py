"""What residents of the demonstration answered. Everything here is invented."""

from typing import Final, NamedTuple


class Answered(NamedTuple):
    """One person's answer: what they like and what they would change, and the topic of each."""

    said: tuple[str, str]
    topics: tuple[str, str]
    ward: str = ""
    is_quoted: bool = False
    aside_why: str = ""


FAIR: Final = (
    Answered(("The brass band", ""), ("Music", ""), "Longford"),
    Answered(("The samba drums at the gate", "More shade, it was hot"), ("Music", "Shade and seats"), "Gorse Hill"),
    Answered(("Everyone brings food", "Nowhere to sit with a baby"), ("Food", "Shade and seats"), "Clifford"),
    Answered(("Jollof from the church stall", "The queue for the toilets"), ("Food", "Toilets"), "Clifford"),
    Answered(("The dogs’ race", "One toilet for all of us!"), ("Games", "Toilets"), "Stretford"),
    Answered(("My children ran about all day", "Let it go on until eight"), ("Games", "Hours"), "Stretford"),
    Answered(("Meeting people from the other side of the Quadrant", ""), ("Meeting people", "")),
    Answered(("I met my neighbours after six years", "Chairs"), ("Meeting people", "Shade and seats"), "Longford"),
    Answered(("The samosas", "Start later, I work until two"), ("Food", "Hours"), "Gorse Hill"),
    Answered(("It is free", "A quiet corner for those who can’t bear the noise"), ("It costs nothing", "Noise")),
    Answered(("Face painting", "Less rubbish afterwards"), ("Games", "Rubbish"), "Clifford"),
    Answered(("Free, and close by", "Bins!"), ("It costs nothing", "Rubbish"), "Longford"),
    Answered(("The choir", "A ramp to the stage"), ("Music", "Getting in"), "Stretford"),
    Answered(("The dancing in the evening", "It was hard with a wheelchair on the grass"), ("Music", "Getting in")),
)
SHOPS: Final = (
    Answered(("Everything is near", "Benches, please"), ("Close together", "Benches"), "Priory"),
    Answered(
        ("The butcher knows my name", "I walk less since there is nowhere to rest"),
        ("People know you", "Benches"),
        "Sale Moor",
        True,
    ),
    Answered(("I can do it all on foot", "The passage by the canal is dark"), ("Close together", "Lights")),
    Answered(("The market on Saturdays", "Cars on School Road"), ("The market", "Cars"), "Brooklands"),
    Answered(("The cheese stall", "Seats near the tram"), ("The market", "Benches"), "Priory"),
    Answered(("You meet everyone", "More light after six"), ("People know you", "Lights"), "Ashton upon Mersey"),
    Answered(("The library", "No cars on Saturdays"), ("Close together", "Cars"), "Priory"),
    Answered(("Small shops", "I go round by the road when it is dark"), ("Close together", "Lights"), "", True),
    Answered(("The bakery and its staff", "A bench that is not wet"), ("People know you", "Benches"), "St Mary’s"),
    Answered(("The waterside", "Where are the toilets?"), ("The waterside", "Signs"), "Brooklands"),
    Answered(("The canal", "A sign from the tram to the shops"), ("The waterside", "Signs"), "Sale Moor"),
    Answered(("The owner of the corner shop is a crook", ""), ("", ""), "", False, "It insults somebody"),
)
GREEN: Final = (
    Answered(("The old oak", "A path that is not mud"), ("", ""), "Bucklow-St Martins"),
    Answered(("We play football there", "A goal with a net"), ("", ""), "Bucklow-St Martins"),
    Answered(("It is quiet", "Swings for small children"), ("", ""), "Flixton"),
    Answered(("I can see it from my window", ""), ("", "")),
    Answered(("", "Somewhere to sit and talk"), ("", ""), "Bucklow-St Martins"),
)
