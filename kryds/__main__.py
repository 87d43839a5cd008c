"""``python -m kryds`` and the command ``kryds``. Imports nothing heavy: worker processes import this module too."""


def main() -> None:
    """Runs the command line. Asked to end, it ends as on Ctrl-C: what was read is kept."""
    import atexit  # noqa: PLC0415 - a worker process does not pay for the command line
    import gc  # noqa: PLC0415 - a worker process does not pay for the command line
    import logging  # noqa: PLC0415 - a worker process does not pay for the command line
    import os  # noqa: PLC0415 - a worker process does not pay for the command line
    import signal  # noqa: PLC0415 - a worker process does not pay for the command line

    # numpy's BLAS starts a thread for each core when it is imported, and lets them spin while they wait for the small
    # matrices of a page: no sooner done, and twice the work. Pages are shared out among processes instead, and those
    # inherit this.
    for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(threads, "1")
    # Python runs what it finds in the current folder in place of a library of that name, in processes begun by another.
    # Scans may lie among files that nobody knows.
    os.environ.setdefault("PYTHONSAFEPATH", "1")
    # By default every 700 new objects set off a search for rings of dead ones: a tenth of the time of starting up, and
    # there are next to none, as values do not point back. The last search, at the very end, is for nobody.
    gc.set_threshold(200_000)
    atexit.register(gc.freeze)
    # What is wrong with a scan file is told in pages.csv, in words a clerk understands.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    from kryds.desk.cli import cli  # noqa: PLC0415 - the same

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    cli.main(prog_name="kryds")


if __name__ == "__main__":
    main()
