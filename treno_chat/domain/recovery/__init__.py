"""Domain: the way back in by phone."""
