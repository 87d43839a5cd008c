"""A database by its URL; what it cannot do is told in words."""

import logging
from functools import partial

import sqlalchemy as sa

from kryds.desk import migrations
from kryds.model.errors import ArgumentError

#: What a database says that is out of reach, full, not to be written or damaged; other errors of it are bugs.
OUT_OF_ORDER = (sa.exc.OperationalError, sa.exc.DatabaseError)


def connected(url: str, *, many: bool = False) -> sa.Engine:
    """The database, its tables made if they are not there. Raises ArgumentError, as all later work on it may.

    ``many``: for many at once, as the web desk and its worker are; a reader then never waits for a writer.
    """
    try:
        engine = sa.create_engine(_with_driver(url), connect_args=_arguments(url), **_pool(url, many=many))
    except (sa.exc.ArgumentError, sa.exc.NoSuchModuleError, ImportError) as error:
        raise ArgumentError(
            f"--store {url}: cannot be used ({error}); write sqlite:///FILE or postgresql://HOST/NAME "
            "(which needs pip install 'kryds[postgres]')"
        ) from error
    sa.event.listen(engine, "handle_error", partial(_tell, _place(engine.url)))
    logging.getLogger(f"sqlalchemy.pool.impl.{type(engine.pool).__name__}").addFilter(_is_no_interrupt)
    migrations.prepare(engine)
    if many and engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode = WAL")  # kept in the file (sqlite.org/wal.html)
    return engine


def _tell(place: str, context: sa.engine.ExceptionContext) -> None:
    """The words for what is no bug."""
    if type(context.sqlalchemy_exception) in OUT_OF_ORDER:
        cure = "check that it is there, that you may write there, and that the disk is not full"
        raise ArgumentError(f"{place}: the store cannot be used ({str(context.original_exception).strip()}); {cure}")


def _is_no_interrupt(record: logging.LogRecord) -> bool:
    """Whether this is not merely that Ctrl-C came while a connection was put back: the command itself says so."""
    return record.exc_info is None or not isinstance(record.exc_info[1], KeyboardInterrupt)


def _place(url: sa.URL) -> str:
    """The file of a SQLite database, else the URL without its password."""
    return url.database if url.drivername == "sqlite" and url.database else str(url)


def _with_driver(url: str) -> str:
    """PostgreSQL through psycopg 3, whichever way its URL begins."""
    scheme, colon, rest = url.partition(":")
    return f"postgresql+psycopg{colon}{rest}" if scheme in ("postgres", "postgresql") else url


def _arguments(url: str) -> dict[str, object]:
    """How long (seconds) a store waits for another command that is writing."""
    return {"timeout": 30} if url.startswith("sqlite") else {}


def _pool(url: str, *, many: bool) -> dict[str, object]:
    """Connections kept at hand: one for each of Starlette's forty threads, so that none waits for another."""
    return {"pool_size": 40, "max_overflow": 0} if many and not url.startswith("sqlite") else {}
