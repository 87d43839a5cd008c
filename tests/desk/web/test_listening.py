import socket

import pytest

from kryds.desk.web.listening import invite, listening
from kryds.model.errors import ArgumentError


def test_a_port_that_is_taken_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ArgumentError, match=f"--port {port}"):
            listening("127.0.0.1", port)


def test_an_address_that_is_not_this_machines_is_named() -> None:
    with pytest.raises(ArgumentError, match=r"--host 192\.0\.2\.1"):
        listening("192.0.2.1", 0)


def test_the_address_alone_goes_to_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    invite("http://127.0.0.1:1/", "Come in", open_browser=False)

    assert capsys.readouterr() == ("http://127.0.0.1:1/\n", "Come in\n")
