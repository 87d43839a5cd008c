"""What the review page is made of: a template, a style sheet and a script."""
