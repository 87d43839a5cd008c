"""``python -m kryds`` and the command ``kryds``. Imports nothing heavy: worker processes import this module too."""


def main() -> None:
    """Runs the command line. Asked to end, it ends as on Ctrl-C: what was read is kept."""
    import signal  # noqa: PLC0415 - a worker process does not pay for the command line

    from kryds.desk.cli import cli  # noqa: PLC0415 - the same

    signal.signal(signal.SIGTERM, signal.default_int_handler)
    cli.main(prog_name="kryds")


if __name__ == "__main__":
    main()
