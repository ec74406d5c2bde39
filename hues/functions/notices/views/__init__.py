"""The views of notices."""
