"""A printer, a hand and a scanner in software, so that the way through paper can be walked without any."""
