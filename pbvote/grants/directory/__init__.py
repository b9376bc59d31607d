"""Funded groups in public: a page for each, and a directory of those who agree to stand in it.

Who got how much for what is public once its letter has left, because it is public money; nobody is asked for that.
How a group can be met, its photo, its story, what it needs and its mentor's name take the group's own word, each with
its day. A word is taken back by one press, and what it showed is gone at once.
"""
