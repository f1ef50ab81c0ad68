"""What holds for all tests."""

from hypothesis import settings

# How long an example takes depends on what else the machine is doing; nothing passes or fails by it.
settings.register_profile("voicecoach", deadline=None)
settings.load_profile("voicecoach")


def pytest_terminal_summary(terminalreporter):
    """Shows the charts that tests have recorded, one line each."""
    passed = terminalreporter.getreports("passed")
    charts = [
        value
        for report in passed
        if report.when == "call"
        for name, value in report.user_properties
        if name == "chart"
    ]
    if charts:
        terminalreporter.section("a year of training, by month")
        terminalreporter.write_line("\n".join(charts))
