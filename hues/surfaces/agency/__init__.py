"""The desks of the agencies."""
