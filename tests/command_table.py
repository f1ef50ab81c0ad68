"""The commands of the program, as its tables have them."""

from voicecoach.cli import config, main, plan


def every_command():
    """Yield the words that call each command."""
    for entry in main.COMMANDS:
        yield (entry.name,)
    for entry in plan.COMMANDS:
        yield "plan", entry.name
    for command in config.app.registered_commands:
        yield "config", command.name or command.callback.__name__
