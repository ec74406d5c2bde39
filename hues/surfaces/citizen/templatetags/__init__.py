"""Tags for templates that show cases to citizens."""
