"""Stores: what operators and the clock do."""
