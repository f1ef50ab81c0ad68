"""Session -> screen."""
