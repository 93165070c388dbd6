"""Actions: the way back in by phone."""
