"""A function that asks for consent, for the tests beside it."""
