"""Models: what is fitted to the texts, or was fitted to others, and then put to them.

Each is imported from its own module, so that nothing heavy is loaded for the sake of another.
"""
