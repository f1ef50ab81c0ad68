"""Two hundred people train for a year: ``scripts/prove year`` prints what becomes of them.

``population.py`` has the people. An *unsafe step* is a plan that breaks a promise of ``promises.py``: more
work, or a rise, after pain, a gap or a missing answer, two things at once, more than two that rise, an empty
session. Besides, no dose is beyond its goal, or what a routine has where that is more, and no day has two
training routines.

Somebody is *stuck* who trains for more than eight weeks in which nothing rises above what it was in the
eight weeks before, no next phase is proposed, nothing tells them why, and who is not at the goal. They are
told by a review of the phase, by a flare or a leg, by another variation or a substitute and the reason for
it, and by the word that nothing rises without answers. A dose that comes down says nothing of the weeks
before it. At the goal is whoever is in the last phase and has every dose as it is written, or at its goal. A
gap of ten days begins the eight weeks anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from statistics import quantiles

from habits import HABITS, PEOPLE
from histories import work_of
from many import results
from population import PROGRAMME, YEAR, Day, Done, Person
from promises import complaints

from voicecoach.journal.records import DoseChange
from voicecoach.language.phrases import Message
from voicecoach.routine.doses import dose_of
from voicecoach.training import limits
from voicecoach.training.readiness import Stage
from voicecoach.training.week_plan import Load, load_of

WEEKS = YEAR // 7
STUCK = 56
"""Days."""
STEP = 4
"""Weeks of one line of a chart."""
WIDE = 40
"""Characters of a bar."""
AMOUNTS = {
    "reps": lambda dose: sum(dose.reps),
    "hold": lambda dose: dose.hold or 0,
    "seconds": lambda dose: dose.duration or 0,
}
"""What a dose has of each, of which a goal says how much is enough."""
PHASES = {each.name: each.name[0] for each in PROGRAMME.phases}
TOLD = {DoseChange.EASIER, DoseChange.REMOVE, DoseChange.REPLACE, DoseChange.OFFER}
"""Changes of what is done, told with a reason."""
WHY = {
    *("debrief.silent", "debrief.see_leg", "debrief.leg_rose", "debrief.hurt"),
    *("debrief.sore", "debrief.settles", "debrief.hard", "ask.pace"),
}
"""What the coach answers that says why nothing rises, and its question how a pace goes on."""
ENOUGH = {"reason.goal", "reason.fixed", "reason.shortened", "reason.less_by_hand"}
"""Why a dose stays that is where it shall be."""


def lived(number: int) -> dict:
    """The year of one person, as JSON has it."""
    person = Person(number)
    days = [*person.year()]
    weeks = [[*some] for _, some in groupby(days[: 7 * WEEKS], key=lambda each: each.day // 7)]
    done = [each for day in days for each in day.done]
    stages = Counter(str(each.made.prescription.condition.flare) for each in done)
    longest, since = stuck(days)
    return {
        "habit": person.habit.name,
        "phases": "".join(PHASES[week[-1].phase] for week in weeks),
        "minutes": [sum(each.work for day in week for each in day.done) / 60 for week in weeks],
        "stages": [stages[each] for each in Stage],
        "sessions": len(done),
        "rises": sum(made.change.raises for each in done for made in each.made.prescription.decisions),
        "decisions": sum(len(each.made.prescription.decisions) for each in done),
        "unsafe": [f"person {number}, day {day.day}: {each}" for day in days for each in unsafe(day)],
        "stuck": f"person {number}, {person.habit.name}: {longest} days from day {since}"
        if longest > STUCK
        else "",
    }


def unsafe(day: Day) -> Iterator[str]:
    """What is wrong with a day."""
    for done in day.done:
        yield from (f"{done.session.routine}: {each}" for each in complaints(done.here, done.made))
        yield from (f"{done.session.routine}: {each}" for each in beyond(done))
    trained = {each.session.routine for each in day.done if load_of(each.here.routine) is Load.TRAINING}
    if len(trained) > 1:
        yield f"two training routines: {', '.join(sorted(trained))}"


def beyond(done: Done) -> Iterator[str]:
    for decision in done.made.prescription.decisions:
        if decision.dose is None or decision.change is DoseChange.CHOSEN:
            continue
        exercise = done.here.exercise(decision.exercise)
        for what, amount in AMOUNTS.items():
            most = max(amount(dose_of(exercise)), amount(exercise.goal) if exercise.goal else 0)
            if amount(decision.dose) > most:
                yield f"beyond its goal in {what}: {decision.exercise} {decision.dose}"


def stuck(days: Iterable[Day]) -> tuple[int, int]:
    """The longest time without a sign of why, and its first day."""
    longest, begins, since, last = 0, 0, None, None
    best: dict[str, list[tuple[int, float]]] = {}
    for day in days:
        if not (day.done or day.told):
            continue
        gap = last is not None and day.day - last > limits.LAY_OFF_DAYS
        last = day.day
        new = rises(day, best)
        if since is None or gap or new or tells(day) or at_goal(day):
            since = day.day
        if day.day - since > longest:
            longest, begins = day.day - since, since
    return longest, begins


def rises(day: Day, best: dict[str, list[tuple[int, float]]]) -> bool:
    """Whether a dose is more than in the eight weeks before, which are in ``best``, or a harder variation."""
    new = False
    for done in day.done:
        for each in done.made.prescription.decisions:
            if each.level is None:
                continue
            work = work_of(done.here.exercise(each.exercise), each.level)
            lately = [(at, most) for at, most in best.get(each.exercise, []) if day.day - at <= STUCK]
            higher = work > max((most for _, most in lately), default=0)
            new |= each.change.raises and (higher or each.change is DoseChange.HARDER)
            best[each.exercise] = [*lately, (day.day, work)] if higher or not lately else lately
    return new


def tells(day: Day) -> bool:
    """Whether the person hears what comes next, or why nothing rises."""
    return bool(day.told) or any(map(explains, day.done))


def explains(done: Done) -> bool:
    plan = done.made.prescription
    how = plan.condition
    return (
        any(each.change in TOLD for each in plan.decisions)
        or how.flare is not Stage.NONE
        or how.leg_worse
        or not WHY.isdisjoint(code for each in done.said for code in codes(each))
    )


def at_goal(day: Day) -> bool:
    if day.phase is not PROGRAMME.phases[-1].name or not day.done:
        return False
    reasons = [each.reason for done in day.done for each in done.made.prescription.decisions]
    return all(not ENOUGH.isdisjoint(codes(each)) for each in reasons)


def codes(message: Message) -> Iterator[str]:
    """The codes of a message and of all messages in it."""
    yield message.code
    for value in message.values.values():
        if isinstance(value, Message):
            yield from codes(value)


def phases_chart(years: Sequence[dict]) -> str:
    """The share of people in each phase, by week."""
    lines = ["Phase by week (c calm, r recovery, b strength, m upkeep), people in it:", ""]
    for week in (*range(0, WEEKS, STEP), WEEKS - 1):
        now = Counter(each["phases"][week] for each in years)
        counts = [now[letter] for letter in PHASES.values()]
        bar = "".join(letter * n for letter, n in zip(PHASES.values(), parts(counts), strict=True))
        lines.append(f"{week + 1:>4}  {bar}  " + " ".join(f"{each / len(years):4.0%}" for each in counts))
    return "\n".join(lines)


def parts(counts: Sequence[int]) -> list[int]:
    """Counts as parts of a bar that is as wide as all of them together."""
    ends = [round(sum(counts[: at + 1]) / sum(counts) * WIDE) for at in range(len(counts))]
    return [end - begin for begin, end in zip([0, *ends], ends, strict=False)]


def work_chart(years: Sequence[dict]) -> str:
    """Minutes of work a week: the quartiles of all people."""
    lines = ["Minutes of work a week, walks too (half of all people between the brackets, | the middle):", ""]
    rows = []
    for week in range(0, WEEKS, STEP):
        each = [sum(year["minutes"][week : week + STEP]) / STEP for year in years]
        rows.append((week, quantiles(each, n=4) if len(each) > 1 else each * 3))
    scale = (WIDE - 1) / max(high for _, (*_, high) in rows)
    for week, (low, middle, high) in rows:
        bar = [" "] * WIDE
        bar[round(low * scale) : round(high * scale) + 1] = "-" * (
            round(high * scale) - round(low * scale) + 1
        )
        for at, letter in ((low, "["), (high, "]"), (middle, "|")):
            bar[round(at * scale)] = letter
        lines.append(f"{week + 1:>4}  {''.join(bar)}  {low:4.0f} {middle:4.0f} {high:4.0f}")
    return "\n".join(lines)


def people_table(years: Sequence[dict]) -> str:
    """What became of each kind of people."""
    columns = f"{'normal':>8} {'half':>6} {'calm':>6} {'sessions':>9} {'rises':>6} {'maintain':>11}"
    head = f"{'people':>14} {columns}"
    lines = [
        "Sessions on normal days, half and calm ones; doses that rose; who is in maintain in the end:",
        "",
        head,
    ]
    for name in dict.fromkeys(each.name for each in HABITS):
        some = [each for each in years if each["habit"] == name]
        if not some:
            continue
        normal, calm, half = (sum(each["stages"][at] for each in some) for at in range(3))
        every = max(1, normal + half + calm)
        lines.append(
            f"{name:>14} {normal / every:8.0%} {half / every:6.0%} {calm / every:6.0%}"
            f" {every / len(some):9.0f} {sum(each['rises'] for each in some) / len(some):6.0f}"
            f" {sum(each['phases'][-1] == 'm' for each in some) / len(some):11.0%}"
        )
    return "\n".join(lines)


def test_nobody_is_asked_too_much_and_nobody_is_stuck(some, progress, record_property):
    years = [*results("year", lived, some(range(PEOPLE)), progress)]
    unsafe_ones = [each for year in years for each in year["unsafe"]]
    stuck_ones = [year["stuck"] for year in years if year["stuck"]]
    for chart in (phases_chart, work_chart, people_table):
        record_property("table", chart(years))
    decisions = sum(each["decisions"] for each in years)
    record_property(
        "figure", f"{decisions:,} decisions in {len(years)} years, {len(unsafe_ones)} of them unsafe"
    )
    record_property("figure", f"{len(stuck_ones) / len(years):.0%} of people are stuck without a message")
    assert not unsafe_ones, "\n".join([f"{len(unsafe_ones)} unsafe steps", *unsafe_ones[:30]])
    assert not stuck_ones, "\n".join([f"{len(stuck_ones)} people are stuck", *stuck_ones])
