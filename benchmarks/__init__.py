"""Speed beside other programs, on the same text; nothing here is needed to build."""
