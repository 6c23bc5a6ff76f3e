"""Live look-ups: asking services elsewhere about our headings, politely, and keeping what they say with its source.

Nothing is asked unless the setting ``online`` is on. What was fetched becomes an authority file (``lookup-…``), so
that matching, review and links work the same with and without a connection.
"""
