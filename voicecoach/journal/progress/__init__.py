"""What follows from the journal: the next dose of each exercise, the phase, and the reason in a sentence."""
