"""The programme a person follows: what is due, when the next phase may begin, and reminders."""
