"""Says WHAT to do: exercises, routines and programmes as checked models; ``files`` reads them from YAML."""
