"""Questionnaires on paper: print the sheet, scan the pile, get answers, points and a PDF summary."""

__version__ = "0.1.0"
