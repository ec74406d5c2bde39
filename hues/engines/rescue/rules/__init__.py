"""What is decided without a database: urgency, the table of moves, how many a phone may send."""
