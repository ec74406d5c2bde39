"""What people write to the city by channels that are not ours, until somebody has seen to it."""
