"""Input -> commands: bindings and the keyboard."""
