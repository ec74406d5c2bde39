"""Tools of the workshop; the running city needs none of them."""
