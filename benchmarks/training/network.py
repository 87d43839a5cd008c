"""The networks that tell marks apart, in PyTorch for training; written to ONNX for OpenCV to run.

The first sees the window of a box and looks at every mark. The second sees its surroundings as well, and looks at the
few boxes of rows where the first was not sure.

While it learns, what each convolution gives is normalised over the batch (S. Ioffe and C. Szegedy, 2015): it learns as
much in a third of the time. In the file the normalising is part of the weights.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from kryds.reader.network import Likeness

LABELS = len(Likeness)
#: Numbers that describe the page's pen (reader/page_pen.py).
PEN = 3
Convolutions = Sequence[tuple[int, int, int]]
Views = Mapping[str, Convolutions]
#: What each network sees, and its convolutions there as (channels, kernel, stride). The first looks at every box that
#: is not plainly empty, so it is small: 2.8 million multiplications. The second looks at few, with 9.7 million.
#: Their 50 and 180 thousand weights are written as numbers of 16 bits: both files together are to stay below 500 kB.
FIRST: Views = {"ink": ((12, 5, 2), (24, 3, 2), (32, 3, 1), (48, 3, 2), (48, 3, 1))}
SECOND: Views = {
    "ink": ((16, 5, 2), (32, 3, 2), (56, 3, 1), (80, 3, 2), (80, 3, 1)),
    "around": ((12, 5, 2), (24, 3, 2), (36, 3, 1), (48, 3, 2), (48, 3, 1)),
}
HIDDEN = 48


class Tower(nn.Module):
    """Convolutions over one view: (N, 1, 48, 48) -> (N, 2 x channels of the last), the mean of each and the most."""

    def __init__(self, layers: Convolutions) -> None:
        super().__init__()
        channels = (1, *(channels for channels, _, _ in layers))
        self.convolutions = nn.ModuleList(
            nn.Conv2d(before, after, kernel, stride=stride, padding=kernel // 2, bias=False)
            for before, (after, kernel, stride) in zip(channels, layers, strict=False)
        )
        self.norms = nn.ModuleList(nn.BatchNorm2d(after) for after, _, _ in layers)
        self.width = 2 * channels[-1]

    def forward(self, seen: torch.Tensor) -> torch.Tensor:
        """What there is to say of it."""
        for convolution, norm in zip(self.convolutions, self.norms, strict=True):
            seen = torch.relu(norm(convolution(seen)))
        return torch.cat([seen.mean(dim=(2, 3)), seen.amax(dim=(2, 3))], dim=1)


class MarkNetwork(nn.Module):
    """Views (N, 1, 48, 48) each and pen (N, 3) -> logits (N, 6), one for each Likeness."""

    def __init__(self, sees: Views) -> None:
        super().__init__()
        self.sees = tuple(sees)
        self.towers = nn.ModuleList(Tower(layers) for layers in sees.values())
        self.hidden = nn.Linear(sum(tower.width for tower in self._towers()) + PEN, HIDDEN)
        self.out = nn.Linear(HIDDEN, LABELS)

    def forward(self, views: Sequence[torch.Tensor], pen: torch.Tensor) -> torch.Tensor:
        """Logits."""
        seen = [tower(view) for tower, view in zip(self.towers, views, strict=True)]
        return self.out(torch.relu(self.hidden(torch.cat([*seen, pen], dim=1))))

    def _towers(self) -> list[Tower]:
        return [tower for tower in self.towers if isinstance(tower, Tower)]  # tells the type checker

    def fused(self) -> dict[str, list[nn.Conv2d]]:
        """Each view's convolutions, their weights and biases such that they give by themselves what is normalised."""
        return {
            view: [
                fuse_conv_bn_eval(conv, norm)
                for conv, norm in zip(tower.convolutions, tower.norms, strict=True)
                if isinstance(conv, nn.Conv2d) and isinstance(norm, nn.BatchNorm2d)  # tells the type checker
            ]
            for view, tower in zip(self.sees, self._towers(), strict=True)
        }


@dataclass(frozen=True)
class Calibration:
    """What turns logits into chances.

    They are divided by ``temperature`` and freed of ``shares``, how common each label was among the windows learned
    from, so that what comes out holds for labels equally common.
    """

    temperature: float
    shares: tuple[float, ...]


def write_onnx(network: MarkNetwork, calibration: Calibration, path: Path, about: str) -> None:
    """The network, calibrated, ending in a softmax, its weights in halves; ``about`` says how it was made."""
    temperature, shares = calibration.temperature, torch.tensor(calibration.shares)
    weights: list[onnx.TensorProto] = []
    nodes: list[onnx.NodeProto] = []

    def put(name: str, value: torch.Tensor) -> str:
        weights.append(numpy_helper.from_array(value.detach().numpy().astype(np.float16), f"half-{name}"))
        nodes.append(helper.make_node("Cast", [f"half-{name}"], [name], to=TensorProto.FLOAT))
        return name

    pooled = []
    for view, convolutions in network.fused().items():
        flow = view
        for i, conv in enumerate(convolutions):
            assert conv.bias is not None  # noqa: S101 - tells the type checker
            name = f"{view}{i}"
            inputs = [flow, put(f"w-{name}", conv.weight), put(f"b-{name}", conv.bias)]
            pad, stride = int(conv.padding[0]), list(conv.stride)
            nodes.append(helper.make_node("Conv", inputs, [f"c-{name}"], pads=[pad] * 4, strides=stride))
            nodes.append(helper.make_node("Relu", [f"c-{name}"], [f"r-{name}"]))
            flow = f"r-{name}"
        for pool in ("GlobalAveragePool", "GlobalMaxPool"):
            nodes.append(helper.make_node(pool, [flow], [f"{pool}-{view}"]))
            nodes.append(helper.make_node("Flatten", [f"{pool}-{view}"], [f"flat-{pool}-{view}"], axis=1))
            pooled.append(f"flat-{pool}-{view}")
    hidden = put("wh", network.hidden.weight), put("bh", network.hidden.bias)
    out = [put("wo", network.out.weight / temperature), put("bo", network.out.bias / temperature - torch.log(shares))]
    nodes += [
        helper.make_node("Concat", [*pooled, "pen"], ["known"], axis=1),
        helper.make_node("Gemm", ["known", *hidden], ["h"], transB=1),
        helper.make_node("Relu", ["h"], ["hr"]),
        helper.make_node("Gemm", ["hr", *out], ["logits"], transB=1),
        helper.make_node("Softmax", ["logits"], ["chances"], axis=1),
    ]
    graph = helper.make_graph(
        nodes,
        "marks",
        [
            *(helper.make_tensor_value_info(view, TensorProto.FLOAT, ["n", 1, 48, 48]) for view in network.sees),
            helper.make_tensor_value_info("pen", TensorProto.FLOAT, ["n", PEN]),
        ],
        [helper.make_tensor_value_info("chances", TensorProto.FLOAT, ["n", LABELS])],
        weights,
        doc_string=about,
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], producer_name="kryds")
    model.ir_version = 8
    onnx.checker.check_model(model)
    path.write_bytes(model.SerializeToString())
