"""Pages to read in a browser or on paper."""
