"""What follows from what was done: pure rules that decide doses, weeks and what to say about them."""
