"""Everything that looks at pixels. OpenCV lives here."""
