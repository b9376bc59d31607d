"""An event's programme: the page for everybody, its prints, and its words in the voters' languages."""
