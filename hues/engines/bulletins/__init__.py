"""Bulletins: what the city warns of, signed and told to those whom it concerns."""
