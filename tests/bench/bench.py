"""How fast, light and punctual voicecoach is on this computer: a table of measured figures.

    python tests/bench/bench.py [--runs N] [start] [first] [render] [files] [cost] [view] [figure]
                                 [pause] [punctual] [years]

Linux only: programs are watched through /proc, and what they play goes to a private PulseAudio server and is
recorded there, so a loudspeaker's own delay comes on top. Every program is started afresh for every run, as a
person would, in a terminal of its own, with its byte code compiled and its files in the system's disk cache.
A cold cache is one of speech: an empty folder.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parents[1]))  # for room.py and recordings.py, which the tests use too

import drawing
import files
import playing
import punctuality
import speed
import years
from figures import heading
from running import folder

SECTIONS = {
    "start": speed.start,
    "first": speed.first,
    "render": speed.render,
    "files": files.files,
    "cost": playing.cost,
    "view": playing.view,
    "figure": drawing.frame,
    "pause": playing.pause,
    "punctual": punctuality.punctual,
    "years": years.years,
}


def main() -> None:
    """Measure what was asked for, and print each figure as it is known."""
    parser = argparse.ArgumentParser(
        description=__doc__,
        epilog="\n".join(f"{name:<9} {measure.__doc__}" for name, measure in SECTIONS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("section", nargs="*", help="what to measure; all of it when none is named")
    parser.add_argument("--runs", type=int, default=3, help="how often what takes long is measured (3)")
    chosen = parser.parse_args()
    if unknown := set(chosen.section) - set(SECTIONS):
        parser.error(f"no such section: {', '.join(unknown)}")
    with folder() as home:
        os.environ["VOICECOACH_HOME"] = str(home / "home")
        os.environ["PYTHONPYCACHEPREFIX"] = str(home / "compiled")
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        print(heading())
        for name in chosen.section or SECTIONS:
            measure = SECTIONS[name]
            print(f"\n{measure.__doc__}")
            busy, own = _busy(), _own()
            for figure in measure(chosen.runs):
                print(figure, flush=True)
            others = (_busy()[0] - busy[0]) - (_own() - own)
            share = max(0.0, others / (_busy()[1] - busy[1]))
            print(f"(other programs took {100 * share:.0f} % of this computer's processors meanwhile)")


def _busy() -> tuple[float, float]:
    """Seconds that the processors have worked, and seconds in all, since the computer was started."""
    numbers = [int(each) for each in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    ticks = os.sysconf("SC_CLK_TCK")
    return (sum(numbers) - numbers[3] - numbers[4]) / ticks, sum(numbers) / ticks


def _own() -> float:
    """Processor seconds of this benchmark and of all programs it has run to their end."""
    return sum(os.times()[:4])


if __name__ == "__main__":
    main()
