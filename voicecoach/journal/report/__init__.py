"""The journal as a page for a physiotherapist: one HTML file that needs nothing else."""
