"""Answers in the words of a language model, from the same pages, where a house has one."""
