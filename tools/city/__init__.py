"""Makes the drawn parts of a city's folder from its facts."""
