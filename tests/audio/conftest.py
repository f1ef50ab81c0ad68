import pytest
import room as rooms


@pytest.fixture
def room():
    """A sound server of the test's own, with a loudspeaker."""
    with rooms.room() as made:
        yield made
