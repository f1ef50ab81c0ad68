"""Arguments in, text and exit codes out; nothing else. One module a command, and it loads what it needs."""
