"""From the microphone to a command: what the person says is heard, recognised and passed on."""
