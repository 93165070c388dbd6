"""Domain: what operators and the clock do."""
