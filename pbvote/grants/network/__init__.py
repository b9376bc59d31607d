"""What funded groups could use, what others can give, and who is introduced to whom.

A need or an offer is a card on a locality's wall, which everybody reads. No card names a person: names and addresses
are passed on by letters, to those who said that they may be.
"""
