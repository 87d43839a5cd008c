"""``python -m kryds`` and the command ``kryds``. Imports nothing heavy: worker processes import this module too."""


def main() -> None:
    """Runs the command line."""
    from kryds.desk.cli import cli  # noqa: PLC0415 - a worker process does not pay for the command line

    cli.main(prog_name="kryds")


if __name__ == "__main__":
    main()
