"""Where the time of reading goes, stage by stage. Off by default; it changes no result."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field

#: What a stage's work is done under: ``with trace("fiducials"): …``.
Trace = Callable[[str], AbstractContextManager[None]]

_NOTHING = nullcontext()


def untraced(_stage: str) -> AbstractContextManager[None]:
    """The trace that is off."""
    return _NOTHING


@dataclass(frozen=True)
class Stopwatch:
    """The trace that is on: ``seconds`` by stage, in the order the stages were first entered."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        """Counts what happens inside towards ``stage``."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self.add({stage: time.perf_counter() - began})

    def add(self, seconds: Mapping[str, float]) -> None:
        """Counts what another stopwatch, of another process, has counted."""
        for stage, more in seconds.items():
            self.seconds[stage] = self.seconds.get(stage, 0.0) + more
