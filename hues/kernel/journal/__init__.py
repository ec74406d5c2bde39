"""The city's memory: one entry for each thing done, never changed, and what it owes."""
