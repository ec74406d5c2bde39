"""What commands do once Django is loaded."""
