"""Matching: which entity of an authority file a heading means, and on what evidence."""
