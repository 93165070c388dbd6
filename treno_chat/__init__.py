"""Treno Chat: a chat for people who are in the same place right now."""
