"""What is known of the network, and how to ask it."""
