"""How often each function is used: one number per function, day and audience, never one row per visit."""

from hues.kernel.visits.counting import count

__all__ = ["count"]
