"""Who is told what, by which channel, and what became of it."""
