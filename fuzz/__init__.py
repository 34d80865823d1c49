"""Coverage-guided fuzzing of everything that reads what others wrote. See docs/fuzzing.md."""
