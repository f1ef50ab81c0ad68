"""Tests that are to follow one another do so, in whichever way the suite is spread over processes."""

import pytest


def test_whoever_hands_out_the_tests_knows_their_groups(request):
    if not request.config.getoption("loadgroup", default=False):
        pytest.skip("nothing is handed out here")
    for item in request.session.items:
        if mark := item.get_closest_marker("xdist_group"):
            assert item.nodeid.endswith(f"@{mark.args[0]}"), item.nodeid
