"""Tests of the ROUGE engine; a package, so that its modules may share names with others."""
