"""Domain: who somebody is, and how they come in and go."""
