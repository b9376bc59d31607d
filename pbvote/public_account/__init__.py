"""What the council tells the public about the money: figures defined once, and the pages and files out of them."""
