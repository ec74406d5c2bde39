"""Alerts: what the city warns of, in plain words, as signed messages, and how to check them."""
