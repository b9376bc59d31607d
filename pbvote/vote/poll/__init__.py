"""The poll: its states, the ballot paper, the box, opening and closing."""
