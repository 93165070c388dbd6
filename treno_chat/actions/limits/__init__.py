"""Actions: how often anything may be done."""
