"""``voicecoach plan``, and the table of its commands in the order in which its help shows them."""

from __future__ import annotations

from typing import Final

import typer

from voicecoach.cli import main
from voicecoach.cli.main import LazyEntry

COMMANDS: Final = (
    LazyEntry("new", "Begin a plan, today.", "plan_new:new"),
    LazyEntry("phase", "Go to another phase, or stay in this one for now.", "plan_schedule:phase"),
    LazyEntry(
        "days",
        "Do a routine on more, fewer or other days of the week; one that is not in the phase is added.",
        "plan_schedule:days",
    ),
    LazyEntry("swap", "Do another routine instead of one in this phase.", "plan_schedule:swap"),
    LazyEntry("at", "Set the time of day for reminders.", "plan_schedule:at"),
    LazyEntry("reset", "Do this phase as the programme has it, without your changes.", "plan_schedule:reset"),
    LazyEntry("explain", "Say what the next session asks of you, and why.", "plan_explain:explain"),
    LazyEntry("dose", "Set how much of an exercise you do, and on which side for now.", "plan_dose:dose"),
    LazyEntry("keep", "Refuse the next increase of an exercise: the same once more.", "plan_dose:keep"),
    LazyEntry("clear", "Do an exercise again that was left out because it hurt.", "plan_dose:clear"),
    LazyEntry(
        "allow",
        "Write down that whoever prescribed an exercise allows the step that waits, or more than its bounds.",
        "plan_allow:allow",
    ),
    LazyEntry("undo", "Take back the last change made with dose, keep, clear or allow.", "plan_dose:undo"),
    LazyEntry(
        "pace",
        "Go by an agreed pace, on good and bad days alike, when your pain is always there.",
        "plan_pace:pace",
    ),
    LazyEntry("calendar", "Write reminders for your calendar, with alarms.", "plan_schedule:write_calendar"),
    LazyEntry("stop", "Follow no plan any more; your journal stays.", "plan_schedule:stop"),
)

app = typer.Typer(
    name="plan", cls=main.group({"Commands": COMMANDS}), add_completion=False, rich_markup_mode=None
)


@app.callback(invoke_without_command=True)
def plan(context: typer.Context) -> None:
    """Show or change what you do, how much of it, and on how many days a week.

    Without a plan, a question or two make one.
    """
    if context.invoked_subcommand is None:
        from voicecoach.cli import plan_new  # noqa: PLC0415 - its help and other commands need none of it

        plan_new.show_or_make()
