"""A partnership's meetings: agenda, papers, residents' questions, minutes, and the actions that come of them."""
