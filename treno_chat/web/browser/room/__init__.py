"""Browser code: the room."""
