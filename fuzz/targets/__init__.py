"""The targets: one file each, found by their names, ending with a TARGET."""
