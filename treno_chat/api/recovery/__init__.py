"""HTTP: the way back in by phone."""
