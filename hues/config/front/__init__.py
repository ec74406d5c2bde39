"""The front: what every request meets before Django does, and often instead of it."""
