"""The composition root: the one floor that knows all others."""
