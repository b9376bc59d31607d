"""Gatherings: evenings on which local groups meet and nobody votes.

An editor makes one, for one locality or several. A group signs up with how many people come. Where all places are
taken, it stands in a line, and is offered the places that somebody gives back. Whoever stands in the line is in no
count, and on no list that others see.
"""
