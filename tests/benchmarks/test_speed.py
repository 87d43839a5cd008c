import pytest

from benchmarks.speed.__main__ import BARS, READ, Round, lines
from benchmarks.speed.cost import Cost, cost_of
from tests.benchmarks.conftest import Told


@pytest.mark.slow
def test_the_cost_of_everything_is_told_in_one_table(told_by: Told) -> None:
    said = told_by("benchmarks.speed", "--pages", "8", "--rounds", "1")

    assert said.startswith("8 pages of 300 dpi grey JPEG")
    assert all(f"\n{name}" in said for name in ("decode", *BARS, *READ, "2 jobs read", "print 1000", "--help"))


def test_a_ratio_is_taken_within_a_round_and_the_median_told() -> None:
    def cost(cpu_s: float) -> Cost:
        return Cost(cpu_s, 1.0, 50.0)

    rounds = [
        Round({name: cost(s * slow) for name, s in {**SECONDS, "core": core}.items()}, 300.0)
        for slow, core in ((1.0, 1.2), (2.0, 1.3), (3.0, 1.6))
    ]
    [core] = [line for line in lines(rounds, 100) if line.startswith("core")]

    assert core.split()[2:] == ["1.30", "(", "1.20", "to", "1.60)", "1.5"]


SECONDS = dict.fromkeys(("decode", *READ, "print", "--help"), 1.0)


def test_a_command_that_fails_costs_nothing_but_an_error() -> None:
    with pytest.raises(Exception, match="returned non-zero exit status"):
        cost_of(("kryds", "no-such-command"))
