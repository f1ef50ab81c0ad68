"""Turns PCM into sound: the mixer, music, the earcons, and one module for each output."""
