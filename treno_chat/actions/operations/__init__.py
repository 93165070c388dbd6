"""Actions: what operators and the clock do."""
