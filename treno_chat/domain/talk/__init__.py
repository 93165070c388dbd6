"""Domain: what is said in rooms."""
