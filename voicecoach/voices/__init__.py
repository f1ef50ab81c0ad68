"""Turns text into PCM: speech engines, the worker process they run in, and the cache of their speech."""
