"""Reports: one file per format in which a comparison is written."""
