"""What was done, how it felt, and what follows from it for the next time."""
