"""What is decided about cases, without a database and without a clock."""
