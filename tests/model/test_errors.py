from kryds.model.errors import ArgumentError, FormError, KrydsExit, UserError


def test_each_kind_of_error_has_the_exit_status_of_the_contract() -> None:
    assert [int(error.exit_status) for error in (UserError, ArgumentError, FormError)] == [1, 2, 4]
    assert [int(status) for status in KrydsExit] == [0, 1, 2, 3, 4, 5]
