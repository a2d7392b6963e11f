"""What follows from a check: what to ask next, how and how long to use a remedy."""
