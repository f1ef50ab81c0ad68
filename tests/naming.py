"""Many cases in one test, which names the case that fails."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")


@contextmanager
def naming(*case: object) -> Iterator[None]:
    """Add the names of the case to an assertion that fails inside the block."""
    try:
        yield
    except AssertionError as wrong:
        wrong.add_note(f"The case: {', '.join(map(str, case))}")
        raise


def for_each(cases: Iterable[T], name: Callable[[T], object] = str) -> Callable[..., Callable[[], None]]:
    """Decorate a test that takes a case: it then takes all of them in turn."""

    def decorate(check: Callable[[T], None]) -> Callable[[], None]:
        def test() -> None:
            for case in cases:
                with naming(name(case)):
                    check(case)

        test.__name__, test.__doc__ = check.__name__, check.__doc__
        return test

    return decorate
