"""What people allowed, who looked at what they entrusted to us, and how long we keep it."""
