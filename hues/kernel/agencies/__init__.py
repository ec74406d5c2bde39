"""The agencies of the city, who works where, and so who may do what."""
