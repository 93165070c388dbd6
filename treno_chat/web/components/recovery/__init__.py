"""Components: the way back in by phone."""
