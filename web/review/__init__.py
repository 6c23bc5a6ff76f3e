"""Review: pages on which people decide about links, merges and splits."""
