"""Components: the room."""
