"""The doors through which people and machines come in."""
