"""The transport: what state the session is in, and the one loop that plays it."""
