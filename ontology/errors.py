"""The error of a file below ``ontology/`` that cannot be used as it is written."""


class DeclarationError(ValueError):
    """A declaration is wrong; the message names the file, the entry and what it needs."""
