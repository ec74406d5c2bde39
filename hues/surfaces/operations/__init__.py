"""The desks and the wall of the operations centre."""
