"""What would stand out, and how often an honest team would look like it: one signal a module, all pure."""
