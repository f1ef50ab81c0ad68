"""Text -> PCM: speech engines, the worker process they run in, and the cache of what they said."""
