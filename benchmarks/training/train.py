"""Windows with labels -> a trained, calibrated network."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import nn

from benchmarks.training.corpus import Examples
from benchmarks.training.network import MarkNetwork, Views

Floats = npt.NDArray[np.float64]


#: Share of boxes learned from as if they were the first mark on their page.
UNKNOWN_PENS = 0.05


@dataclass(frozen=True)
class Recipe:
    """How long and how fast to learn. ``rate`` is the peak learning rate of a one-cycle schedule."""

    epochs: int
    batch: int = 256
    rate: float = 1.2e-2
    decay: float = 1e-4
    seed: int = 2026


def train(examples: Examples, sees: Views, recipe: Recipe) -> MarkNetwork:
    """A network that ``sees`` so much, fitted to ``examples``; the same seed gives the same weights on one machine."""
    torch.manual_seed(recipe.seed)
    views = _views(examples, sees)
    pens = torch.from_numpy(examples.pens)
    labels = torch.from_numpy(examples.labels.astype(np.int64))
    network = MarkNetwork(sees).to(memory_format=torch.channels_last)  # type: ignore[call-overload]  # torch: Tensor only
    optimiser = torch.optim.AdamW(network.parameters(), lr=recipe.rate, weight_decay=recipe.decay)
    steps = recipe.epochs * (len(labels) // recipe.batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, recipe.rate, total_steps=steps)
    for epoch in range(recipe.epochs):
        order = torch.randperm(len(labels))
        total = 0.0
        for at in range(0, len(order) - recipe.batch + 1, recipe.batch):
            batch = order[at : at + recipe.batch]
            varied, pen = _varied([view[batch].float() for view in views]), _misjudged(pens[batch])
            # Half as many bits, and channels last in memory, make an epoch twice as fast.
            with torch.autocast("cpu", dtype=torch.bfloat16):
                seen = network(varied, pen)
            loss = nn.functional.cross_entropy(seen.float(), labels[batch])
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it unannotated
            optimiser.step()
            schedule.step()
            total += float(loss.detach())
        print(f"epoch {epoch + 1}/{recipe.epochs}: loss {total / (len(order) // recipe.batch):.4f}", flush=True)
    network.eval()
    return network


def _views(examples: Examples, sees: Iterable[str], which: slice = slice(None)) -> list[torch.Tensor]:
    """What a network sees of these examples, (N, 1, 48, 48) each."""
    return [torch.from_numpy(getattr(examples, view)[which])[:, None] for view in sees]


def _varied(views: Sequence[torch.Tensor]) -> list[torch.Tensor]:
    """A batch mirrored, shifted by a pixel, made paler or darker: what must not change a verdict."""
    axes = [axis for axis, share in ((3, 0.5), (2, 0.3)) if torch.rand(()) < share]
    gain = 1 + 0.15 * (2 * torch.rand(len(views[0]), 1, 1, 1) - 1)
    roughness = 0.03 * torch.rand(len(views[0]), 1, 1, 1)
    return [_shifted(view.flip(axes)) * gain + roughness * torch.randn_like(view) for view in views]


def _shifted(view: torch.Tensor) -> torch.Tensor:
    return torch.roll(view, torch.randint(-1, 2, (2,)).tolist(), (2, 3))


def _misjudged(pens: torch.Tensor) -> torch.Tensor:
    """The pens of a batch as they might have been measured from other marks; now and then from none at all."""
    known = (torch.rand(len(pens), 1) > UNKNOWN_PENS).float()
    return pens * (1 + 0.12 * torch.randn_like(pens)) * known


def logits(network: MarkNetwork, examples: Examples) -> Floats:
    """The network's raw output for every example, (N, 6)."""
    with torch.no_grad():
        parts = [
            network(
                [view.float() for view in _views(examples, network.sees, slice(i, i + 2048))],
                torch.from_numpy(examples.pens[i : i + 2048]),
            ).numpy()
            for i in range(0, len(examples.labels), 2048)
        ]
    return np.concatenate(parts).astype(np.float64)


def fitted_temperature(raw: Floats, labels: npt.NDArray[np.uint8]) -> float:
    """The factor (C. Guo et al., 2017) by which the logits must be divided for the chances to be true ones."""
    candidates = np.exp(np.linspace(np.log(0.5), np.log(4), 80))
    losses = [-np.log(chances(raw, t)[np.arange(len(labels)), labels] + 1e-12).mean() for t in candidates]
    return float(candidates[int(np.argmin(losses))])


def chances(raw: Floats, temperature: float = 1.0) -> Floats:
    """Softmax of the logits over ``temperature``, (N, 6)."""
    scaled = raw / temperature
    powers = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))
