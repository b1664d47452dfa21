"""Paper: what a document says, how it looks, and the child process that draws it."""
