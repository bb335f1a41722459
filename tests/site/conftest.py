"""The built books."""

from tests.site.fixtures import book, shared_folder

__all__ = ["book", "shared_folder"]
