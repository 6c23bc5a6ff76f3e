"""The pages: server-rendered, in Indonesian and English, usable without scripts; one module per kind of page."""
