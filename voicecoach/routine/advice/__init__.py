"""The rules of good coaching by their subject; ``lint`` beside it asks them all.

The function of a rule returns what it finds as a sentence without a full stop, or nothing when all is well.
"""
