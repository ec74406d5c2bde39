"""What the public reads, rendered once and kept as bytes."""
