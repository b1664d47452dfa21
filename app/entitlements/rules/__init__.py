"""Pure rules: what records earn of a rate. Frozen values in, frozen values out; one trigger a module."""
