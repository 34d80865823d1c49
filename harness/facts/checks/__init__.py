"""The checks, one file each; `harness.facts.parts` finds them by walking this folder."""
