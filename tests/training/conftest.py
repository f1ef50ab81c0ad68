"""A list for what the person is told."""

import pytest


@pytest.fixture
def told():
    return []
