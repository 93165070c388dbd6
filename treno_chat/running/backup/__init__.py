"""Backups: the whole database into one file, and back."""
