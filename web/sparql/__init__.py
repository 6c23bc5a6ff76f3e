"""SPARQL from outside: judged by tokens, run in confined child processes, streamed, never silently short."""
