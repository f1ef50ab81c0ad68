"""Prints what espeak would say: one line of phonemes for each argument.

A program of its own, because espeak's library keeps its state for the whole process.
"""

import ctypes
import os
import sys

import espeakng_loader

AUDIO_OUTPUT_SYNCHRONOUS, UTF8, IPA = 2, 1, 2

os.environ["ESPEAK_DATA_PATH"] = espeakng_loader.get_data_path()
espeak = ctypes.CDLL(espeakng_loader.get_library_path())
espeak.espeak_Initialize(AUDIO_OUTPUT_SYNCHRONOUS, 0, None, 0)
espeak.espeak_SetVoiceByName(b"en")  # what pyttsx3 takes by itself
espeak.espeak_TextToPhonemes.restype = ctypes.c_char_p


def phonemes(text: str) -> str:
    rest, clauses = ctypes.c_char_p(text.encode()), []
    while rest.value is not None:
        clauses.append(espeak.espeak_TextToPhonemes(ctypes.byref(rest), UTF8, IPA).decode())
    return " | ".join(clauses)


for argument in sys.argv[1:]:
    print(phonemes(argument))
