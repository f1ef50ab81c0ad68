"""What the engines are given for what people write, and the sounds that come of it."""

# ruff: noqa: RUF001 - phonemes, dashes and times signs are what this is about

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from voicecoach import paths
from voicecoach.language import pronunciation
from voicecoach.voices.narrator import has_words, spoken

TABLE = yaml.safe_load(paths.shipped("routines", "phrases", "pronunciation.en.yaml").read_text("utf-8"))
ENGINES = ("natural", "pyttsx3")
say = pronunciation.load()


CASES = Path(__file__).parent / "cases" / "for_the_ear.txt"


def for_the_ear():
    """Yield what is written in each case, and what is said."""
    for line in CASES.read_text("utf-8").splitlines():
        if line and not line.startswith("# "):
            written, _, said = line.rpartition("=>")
            yield written.strip(), said.strip()


def test_what_is_written_is_said_as_people_say_it():
    cases = list(for_the_ear())
    assert len(cases) >= 200
    for engine in (*ENGINES, "another"):
        wrong = {
            written: heard
            for written, said in cases
            if (heard := say(spoken(written), engine)).casefold() != said.casefold()
        }
        assert wrong == {}, engine


def test_an_engine_has_its_own_respellings():
    text = "Pilates: Sciatic glide, on the IT band as it is."
    assert say(text, "pyttsx3") == "Pilahteez: Sigh-attic glide, on the IT band as it is."
    assert say(text, "natural") == "Pilates: Sciatic glide, on the I T band as it is."


@given(st.text(st.sampled_from("019 .,-/x×smLR()etckgh[]~#") | st.characters(), max_size=120))
def test_nothing_comes_out_that_an_engine_obeys(text):
    for engine in ENGINES:
        said = say(spoken(text), engine)
        assert not set(said) & set("[]<>{}|\\`*_#\n")
        assert len(said) <= 20 * len(text)
        assert has_words(said) or not has_words(text)


# Sounds: needs the engines, not their voices.

SPELLINGS = """
    ageing aging; analyse analyze; behaviour behavior; calibre caliber; catalogue catalog;
    centimetres centimeters; centre center; centred centered; colour color; emphasise emphasize;
    favour favor; fibre fiber; fulfil fulfill; grey gray; gynaecologist gynecologist; immobilised
    immobilized; kerb curb; kilometres kilometers; labour labor; levelled leveled; litre liter;
    manoeuvre maneuver; metre meter; metres meters; minimise minimize; mobilise mobilize; mobilising
    mobilizing; mobilisation mobilization; neighbour neighbor; oedema edema; organise organize;
    organised organized; orthopaedic orthopedic; paediatric pediatric; practise practice; programme
    program; programmes programs; realise realize; recognise recognize; stabilisation stabilization;
    stabilise stabilize; stabilised stabilized; stabilises stabilizes; stabilising stabilizing;
    travelling traveling; tumour tumor; utilise utilize; visualise visualize; aluminium aluminum
"""
PAIRS = [tuple(pair.split()) for pair in SPELLINGS.split(";")]

SOUNDS = {
    "McGill curl-up": ("mə ɡˈɪl kˈɜɹlˌʌp", "mə ɡˈɪl kˈɜːlˈʌp"),
    "cat-camel": ("kˈæt kˈæmᵊl", "kˈat kˈaməl"),
    "good morning": ("ɡˈʊd mˈɔɹnɪŋ", "ɡˈʊd mˈɔːnɪŋ"),
    "bird dog": ("bˈɜɹd dˈɔɡ", "bˈɜːd dˈɒɡ"),
    "prone": ("pɹˈOn", "pɹˈəʊn"),
    "supine": ("sˈupˌIn", "sˈuːpaɪn"),
    "piriformis": ("pˈɪɹɪfˌɔɹmɪs", "pˈɪɹɪfˌɔːmɪs"),
    "sciatic": ("sIˈæTɪk", "sˈaɪˈatɪk"),
    "Pilates": ("pəlˈɑTˌiz", "pˈɪlɑːtˌiːz"),
    "RPE": ("ˌɑɹpˌiˈi", "ˌɑːpˌiːˈiː"),
    "reps": ("ɹˈɛps", "ɹˈɛps"),
    "HIIT": ("hˈɪt", "hˈɪt"),
    "2.5": ("tˈu pYnt fˈIv", "tˈuː pɔɪnt fˈaɪv"),
    "8-10": ("ˈAt tə tˈɛn", "ˈeɪt tə tˈɛn"),
    "10s": ("tˈɛn sˈɛkəndz", "tˈɛn sˈɛkəndz"),
    "lead with the heel": ("lˈid wɪð ðə hˈil", "lˈiːd wɪððə hˈiːl"),
    "close your eyes": ("klˈOz jʊɹ ˈIz", "klˈəʊs jɔːɹ ˈaɪz"),
}


@pytest.fixture(scope="module")
def sounds():
    """Per engine: texts, already as they are given to it, to their phonemes."""

    def natural(texts):
        g2p = pytest.importorskip("hibari.g2p").G2P(british=False)
        return [g2p(text) for text in texts]

    def pyttsx3(texts):
        pytest.importorskip("espeakng_loader")
        command = [sys.executable, str(Path(__file__).parent / "phonemes.py"), *texts]
        return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout.splitlines()

    return {"natural": natural, "pyttsx3": pyttsx3}


@pytest.mark.processes
@pytest.mark.parametrize("engine", ENGINES)
def test_british_and_american_spelling_sound_the_same(sounds, engine):
    british, american = (
        sounds[engine]([say(word, engine) for word in words]) for words in zip(*PAIRS, strict=True)
    )
    differing = [row for row in zip(PAIRS, british, american, strict=True) if row[1] != row[2]]
    assert differing == []


@pytest.mark.processes
@pytest.mark.parametrize("engine", ENGINES)
def test_the_words_of_the_trade_sound_right(sounds, engine):
    heard = sounds[engine]([say(word, engine) for word in SOUNDS])
    assert dict(zip(SOUNDS, heard, strict=True)) == {
        word: both[ENGINES.index(engine)] for word, both in SOUNDS.items()
    }


@pytest.mark.processes
def test_every_respelling_is_needed(sounds):
    """Without it, a voice that it is for would say something else."""
    words = TABLE["words"]
    for engines, entries in ((ENGINES, words["all"]), *(((name,), words[name]) for name in ENGINES)):
        changed = set()
        for engine in engines:
            pairs = zip(
                entries, sounds[engine](list(entries)), sounds[engine](list(entries.values())), strict=True
            )
            changed |= {word for word, before, after in pairs if before != after}
        assert changed == set(entries)
