"""One tree of exceptions; its messages are what the command line and the pages show."""


class JejaringError(Exception):
    """Something a person can put right: says what is wrong, where, and what to do."""

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(f"{message} {remedy}".strip())
        self.message = message
        self.remedy = remedy


class SettingsError(JejaringError):
    """A setting is unknown or has a value that cannot be used."""


class InputError(JejaringError):
    """A file handed over cannot be read as what it claims to be."""


class StoreError(JejaringError):
    """The store cannot be opened, read or written."""


class QueryError(JejaringError):
    """A query is malformed, refused, or its parameters are wrong."""


class QueryTimeout(QueryError):
    """A query was stopped at its deadline."""


class NotFound(JejaringError):
    """Nothing is known under the given name."""


class ServiceError(JejaringError):
    """A service elsewhere does not answer, or not as it should."""
