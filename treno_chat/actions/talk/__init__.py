"""Actions: what is said in rooms."""
