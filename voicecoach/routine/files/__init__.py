"""Reads routine, exercise and programme files into checked models; each problem has its place."""
