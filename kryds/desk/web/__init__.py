"""The desk in the browser: where a pile of paper becomes results.

site.py puts the page groups together; each group is a module with ``routes(desk)``, its templates in ``pages/`` and its
script in ``static/``. What they share is the ``Desk``.
"""
