"""The rim: the only place with arguments, databases, web pages and the clock, and the only one that joins rooms."""
