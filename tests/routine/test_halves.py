import pytest

from voicecoach.routine.doses import halves


@pytest.mark.parametrize(
    ("reps", "shared"),
    [
        ([1], [(1, 0)]),
        ([5], [(3, 2)]),
        ([6, 6], [(6, 0), (0, 6)]),
        ([3, 2, 1], [(3, 0), (0, 2), (0, 1)]),
        ([1, 2, 3], [(1, 0), (2, 0), (0, 3)]),
        ([1, 100], [(1, 0), (0, 100)]),
        ([2, 2, 2], [(2, 0), (0, 2), (0, 2)]),
    ],
)
def test_the_sides_change_nearest_to_half_of_all_reps(reps, shared):
    assert halves(reps) == tuple(shared)
