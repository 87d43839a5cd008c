"""Paper standing in for reality: a printer, a hand and a scanner in software, and the bundled pile."""
