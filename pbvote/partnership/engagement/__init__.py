"""How a partnership talks with residents: its engagement plan, and what it asks them."""
