"""Stores: what is said in rooms."""
