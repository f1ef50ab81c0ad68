import bus as desktop
import pytest


@pytest.fixture
def bus():
    """A desktop's message bus, private to the test."""
    if desktop.MISSING:
        pytest.skip(f"not installed: {', '.join(desktop.MISSING)} (apt install dbus playerctl)")
    with desktop.bus() as made:
        yield made


@pytest.fixture
def no_bus(monkeypatch):
    """A computer without a desktop, as one that is reached over the network."""
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
