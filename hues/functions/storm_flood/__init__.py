"""Storm and flood: where the water stands, where to go, and how to call for rescue."""
