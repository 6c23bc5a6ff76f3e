"""The process that does one write and ends. Started as ``python -m web.sparql.writer MEMORY PARENT``.

It reads one JSON message from standard input (settings, writings) and prints one: the number of the release it
published, or what went wrong. Killed at any moment it leaves the published release as it was.
"""

import json
import sys
from base64 import b64decode
from typing import Any

from graph.errors import InputError, JejaringError, StoreError
from graph.settings import Settings
from ingest.writing import Writing, publish_writing
from web.sparql.confinement import confine, limit_memory
from web.uploads import refuse_entities


def carry_out(message: dict[str, Any]) -> dict[str, Any]:
    """Publish what the message asks for."""
    writings = [Writing(**{**writing, "content": b64decode(writing["content"])}) for writing in message["writings"]]
    try:
        for writing in writings:
            if writing.form == "application/rdf+xml":
                refuse_entities(writing.content)
        return {"release": publish_writing(Settings(**message["settings"]), writings)}
    except InputError as error:
        return {"error": "input", "message": error.message, "remedy": error.remedy}
    except StoreError as error:
        return {"error": "store", "message": error.message, "remedy": error.remedy}
    except (JejaringError, OSError, MemoryError) as error:
        return {"error": "failure", "message": str(error), "remedy": ""}


def main() -> None:
    """Confine this process, then write once."""
    memory, parent = (int(argument) for argument in sys.argv[1:3])
    confine(parent, writes=True)
    limit_memory(memory)
    json.dump(carry_out(json.load(sys.stdin.buffer)), sys.stdout)


if __name__ == "__main__":
    main()
