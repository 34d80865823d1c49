"""Where ranges of articles are worked on: one file per engine. They leave the same bytes."""
