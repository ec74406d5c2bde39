"""A city full of invented life, so that every screen can be seen as it will be."""
