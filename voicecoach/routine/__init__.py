"""WHAT to do: exercises and routines as people write them, read from YAML into checked models."""
