"""Rules with other figures than the shipped ones."""

from hypothesis import strategies as st

from voicecoach.routine.progression import FIGURES, Rules


def _between(figure):
    if isinstance(figure.default, int):
        return st.integers(figure.least, figure.most)
    return st.floats(figure.least, figure.most).map(lambda value: round(value, 2))


allowed_rules = (
    st.fixed_dictionaries({}, optional={name: _between(figure) for name, figure in FIGURES.items()})
    .map(lambda figures: Rules(**figures))
    .filter(lambda rules: not rules.conflicts)
)
"""Any that the settings take: every figure within its limits, and none against another."""
