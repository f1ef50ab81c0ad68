"""The composition root: the only place that chooses voices, outputs and stores and puts them together."""
