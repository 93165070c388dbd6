"""Stores: passwords, links by mail, and providers."""
