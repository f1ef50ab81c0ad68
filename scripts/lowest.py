"""Prints the direct dependencies pinned to the lowest version that pyproject.toml allows, one on a line.

``.ci/run`` installs these beside the newest ones, so that a bound that is too low, or a release that breaks
something, shows there and not on somebody's machine.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from packaging.requirements import Requirement

PYPROJECT = Path(__file__).parents[1] / "pyproject.toml"


def lowest(requirement: Requirement) -> str:
    """The requirement at its lower bound. Raises ValueError when it has none."""
    bounds = [bound.version for bound in requirement.specifier if bound.operator in {">=", "=="}]
    if len(bounds) != 1:
        raise ValueError(f"{requirement} needs exactly one lower bound")
    return f"{requirement.name}=={bounds[0]}"


def main() -> None:
    """Print a pin for each direct dependency that this machine needs."""
    project = tomllib.loads(PYPROJECT.read_text("utf-8"))["project"]
    for text in [*project["dependencies"], *project["optional-dependencies"]["natural"]]:
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate():
            print(lowest(requirement))


if __name__ == "__main__":
    main()
