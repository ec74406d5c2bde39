"""Where things are: the wards of the city, their boundaries, and the names people still use for them."""
