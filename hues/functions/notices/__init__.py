"""Notices, corrections of rumours, and the register of official channels."""
