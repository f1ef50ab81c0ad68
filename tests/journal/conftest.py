"""A home of its own for every test, and a list for what the person is told."""

import pytest


@pytest.fixture
def told():
    return []
