"""Decisions about places; they know neither Django nor the clock."""
