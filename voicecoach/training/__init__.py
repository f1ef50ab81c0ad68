"""Pure rules that decide doses and weeks from what was done, and what to say about them."""
