import sys

import pytest

from tests.benchmarks.conftest import Told


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc")
def test_every_page_is_read_over_processes_and_over_a_cluster(told_by: Told) -> None:
    pytest.importorskip("distributed", reason="pip install 'kryds[cluster]'")
    said = told_by("benchmarks.scale", "--pages", "18", "--seed", "4", "--workers", "1", "2")

    assert said.startswith("18 pages, 8 to a batch")
    assert [line.split("  ")[0] for line in said.splitlines()[3:]] == [
        "processes, 1",
        "dask, 1",
        "processes, 2",
        "dask, 2",
    ]
    assert ", scheduler " in said.splitlines()[-1]
