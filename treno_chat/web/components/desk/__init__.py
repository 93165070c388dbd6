"""Components: the desk of a place."""
