"""Field reports: tell the city what is broken, and follow the answer."""
