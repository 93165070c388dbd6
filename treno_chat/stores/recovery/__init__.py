"""Stores: the way back in by phone."""
