"""Sockets, fan-out and presence: who hears what."""
