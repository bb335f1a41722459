"""What makes the project's environment and runs its checks; no part of the library."""
