import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result

from kryds.desk.archive import Archive
from kryds.desk.cli import cli
from kryds.desk.printing import UNNUMBERED
from kryds.desk.tables_of_desk import metadata
from kryds.desk.voice import LOCALE_VARIABLES
from tests.desk.piles import placed

Kryds = Callable[..., Result]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive of one's own, and English whatever this machine speaks."""
    folder = tmp_path / "home"
    monkeypatch.setenv("KRYDS_HOME", str(folder))
    monkeypatch.delenv("KRYDS_LANGUAGE", raising=False)
    for name in LOCALE_VARIABLES:
        monkeypatch.setenv(name, "C.UTF-8")
    return folder


@pytest.fixture
def kryds(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Kryds:
    """Runs a command in ``tmp_path``, where ja-nej was printed before; a bug keeps its traceback."""
    monkeypatch.chdir(tmp_path)
    Archive(home).keep(placed().edition, UNNUMBERED)

    def run(*arguments: str | Path, typed: str | None = None) -> Result:
        return CliRunner().invoke(cli, [str(argument) for argument in arguments], typed, catch_exceptions=False)

    return run


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL that runs for these tests alone."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    folders = [*debian, Path(shutil.which("initdb") or "/nowhere").parent]
    binaries = next((folder for folder in folders if (folder / "initdb").is_file()), None)
    if binaries is None:
        pytest.skip("needs PostgreSQL: apt-get install postgresql")
    # Beside pytest's own folders, which are closed to the user it runs as and too long for the name of a socket.
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    control: list[str | Path] = [binaries / "pg_ctl", "-D", folder / "data", "-w"]
    as_owner(folder, binaries / "initdb", "-A", "trust", "-U", "kryds", "-D", folder / "data")
    as_owner(folder, *control, "-l", folder / "log", "-o", f"-F -k {folder} -c listen_addresses=", "start")
    try:
        yield f"postgresql://kryds@/postgres?host={folder}"
    finally:
        as_owner(folder, *control, "-m", "immediate", "stop")
        shutil.rmtree(folder)


def as_owner(folder: Path, *command: str | Path) -> None:
    """Runs a command of PostgreSQL, which refuses to be run by root."""
    user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    subprocess.run([*user, *command], cwd=folder, check=True, stdout=subprocess.DEVNULL)


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'shared.db'}"
        return
    found = request.getfixturevalue("postgres")
    yield found
    metadata.drop_all(sa.create_engine(found.replace("postgresql", "postgresql+psycopg")))


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A bucket of a real S3 server, but for its being here."""
    pytest.importorskip("s3fs", reason="pip install 'kryds[s3]'")
    server = pytest.importorskip("moto.server", reason="pip install 'moto[server]'").ThreadedMotoServer(port=0)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in {
        "AWS_ACCESS_KEY_ID": "somebody",
        "AWS_SECRET_ACCESS_KEY": "something",
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_DEFAULT_REGION": "eu-north-1",
    }.items():
        monkeypatch.setenv(name, value)
    fsspec = pytest.importorskip("fsspec")
    fsspec.filesystem("s3").mkdir(f"pile-{port}", region_name="eu-north-1")
    yield f"s3://pile-{port}"
    server.stop()
    fsspec.filesystem("s3").clear_instance_cache()
