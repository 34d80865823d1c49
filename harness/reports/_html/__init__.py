"""The HTML report's page: its data, its template, its style and its script."""
