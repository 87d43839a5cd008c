from kryds.desk.web.visitor import Right, Role, Visitor


def test_each_role_may_what_the_one_below_may_and_more() -> None:
    assert Role.READER.rights < Role.REVIEWER.rights < Role.OWNER.rights
    assert Visitor("Åse", Role.REVIEWER, "").may(Right.SETTLE)
    assert not Visitor("Åse", Role.REVIEWER, "").may(Right.BRING)
    assert not Visitor("Åse", Role.READER, "").may(Right.SETTLE)
