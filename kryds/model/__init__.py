"""The nouns that pass from hand to hand. Imports no other room."""
