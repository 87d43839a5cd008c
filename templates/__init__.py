"""Forms and fixed words: data, never code."""
