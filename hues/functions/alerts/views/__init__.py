"""The doors of alerts."""
