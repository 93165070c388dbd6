"""Stores: conversations with the assistant, and tasks."""
