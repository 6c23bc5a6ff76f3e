"""Pages, endpoints and the command line: the outermost layer, which may import all others."""
