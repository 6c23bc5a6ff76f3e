"""Linked data: names that resolve, their data in every common format, and the description of the whole."""
