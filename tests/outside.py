"""Programs of others that judge what we make: what needs one skips where it is not, and says what installs it."""

import shutil

import pytest


def needs(program: str, package: str) -> pytest.MarkDecorator:
    """Skips a test on a machine without ``program``, which the Debian package ``package`` brings."""
    return pytest.mark.skipif(not shutil.which(program), reason=f"needs {program}: apt-get install {package}")
