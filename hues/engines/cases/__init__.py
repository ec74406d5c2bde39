"""Cases: what a citizen brings to the city, from the first word to the rated answer."""
