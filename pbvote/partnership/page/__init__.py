"""A partnership's page: what it is for, its money, its people and its news, for anyone; and where editors keep it."""
