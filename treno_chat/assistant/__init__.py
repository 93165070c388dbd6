"""The assistant: the pages of a place, what is found in them, and what is answered."""
