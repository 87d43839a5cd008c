"""How often kryds is right, how often it asks, and how often it is silently wrong, on paper whose truth is known."""
