"""Hue-S: the app of a city and of its operations centre."""
