"""Everyone who has an account: citizens and staff alike."""
