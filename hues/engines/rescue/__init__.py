"""Calls for rescue: who is in danger where, and what the centre did about it."""
