"""Session -> file."""
