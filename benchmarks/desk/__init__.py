"""How quickly the desk answers while a large pile is uploaded and read beside it."""
