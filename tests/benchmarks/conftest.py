import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

#: What a benchmark prints, by its module and arguments.
Told = Callable[..., str]


@pytest.fixture
def told_by(tmp_path: Path) -> Told:
    """Runs a benchmark as its users do, its pile in a folder of its own."""

    def run(*command: str) -> str:
        house = Path(__file__).parents[2]
        arguments = [sys.executable, "-m", *command, "--pile", str(tmp_path)]
        return subprocess.run(arguments, check=True, capture_output=True, text=True, cwd=house).stdout

    return run
