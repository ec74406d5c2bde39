"""What all doors share: the page, its parts, sign-in, and how refusals are told."""
