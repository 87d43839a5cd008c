"""The network that tells marks apart, in PyTorch for training; written to ONNX for OpenCV to run.

While it learns, what each convolution gives is normalised over the batch (S. Ioffe and C. Szegedy, 2015): it learns as
much in a third of the time. In the file the normalising is part of the weights.
"""

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
#: Convolutions as (channels, kernel, stride): 60 thousand weights, 2.8 million multiplications a box.
CONVOLUTIONS = ((12, 5, 2), (24, 3, 2), (32, 3, 1), (48, 3, 2), (48, 3, 1))
HIDDEN = 48


class MarkNetwork(nn.Module):
    """Ink (N, 1, 48, 48) and pen (N, 3) -> logits (N, 5), one for each Likeness."""

    def __init__(self) -> None:
        super().__init__()
        channels = (1, *(channels for channels, _, _ in CONVOLUTIONS))
        self.convolutions = nn.ModuleList(
            nn.Conv2d(before, after, kernel, stride=stride, padding=kernel // 2, bias=False)
            for before, (after, kernel, stride) in zip(channels, CONVOLUTIONS, strict=False)
        )
        self.norms = nn.ModuleList(nn.BatchNorm2d(after) for after, _, _ in CONVOLUTIONS)
        self.hidden = nn.Linear(2 * channels[-1] + PEN, HIDDEN)
        self.out = nn.Linear(HIDDEN, LABELS)

    def forward(self, ink: torch.Tensor, pen: torch.Tensor) -> torch.Tensor:
        """Logits."""
        seen = ink
        for convolution, norm in zip(self.convolutions, self.norms, strict=True):
            seen = torch.relu(norm(convolution(seen)))
        pooled = torch.cat([seen.mean(dim=(2, 3)), seen.amax(dim=(2, 3)), pen], dim=1)
        return self.out(torch.relu(self.hidden(pooled)))


@dataclass(frozen=True)
class Calibration:
    """What turns logits into chances.

    They are divided by ``temperature`` and freed of ``shares``, how common each label was among the windows learned
    from, so that what comes out holds for labels equally common.
    """

    temperature: float
    shares: tuple[float, ...]


def _fused(network: MarkNetwork) -> list[nn.Conv2d]:
    """Each convolution, its weights and biases such that it gives by itself what is normalised."""
    return [
        fuse_conv_bn_eval(conv, norm)
        for conv, norm in zip(network.convolutions, network.norms, strict=True)
        if isinstance(conv, nn.Conv2d) and isinstance(norm, nn.BatchNorm2d)  # tells the type checker
    ]


def write_onnx(network: MarkNetwork, calibration: Calibration, path: Path, about: str) -> None:
    """The network, calibrated, ending in a softmax; ``about`` says how it was made."""
    temperature, shares = calibration.temperature, torch.tensor(calibration.shares)
    weights: list[onnx.TensorProto] = []
    nodes: list[onnx.NodeProto] = []

    def put(name: str, value: torch.Tensor) -> str:
        weights.append(numpy_helper.from_array(value.detach().numpy().astype(np.float32), name))
        return name

    flow = "ink"
    for i, conv in enumerate(_fused(network)):
        assert conv.bias is not None  # noqa: S101 - tells the type checker
        inputs = [flow, put(f"w{i}", conv.weight), put(f"b{i}", conv.bias)]
        pad, stride = int(conv.padding[0]), list(conv.stride)
        nodes += [
            helper.make_node("Conv", inputs, [f"c{i}"], pads=[pad] * 4, strides=stride),
            helper.make_node("Relu", [f"c{i}"], [f"r{i}"]),
        ]
        flow = f"r{i}"
    hidden = put("wh", network.hidden.weight), put("bh", network.hidden.bias)
    out = [put("wo", network.out.weight / temperature), put("bo", network.out.bias / temperature - torch.log(shares))]
    nodes += [
        helper.make_node("GlobalAveragePool", [flow], ["mean"]),
        helper.make_node("GlobalMaxPool", [flow], ["most"]),
        helper.make_node("Concat", ["mean", "most"], ["both"], axis=1),
        helper.make_node("Flatten", ["both"], ["flat"], axis=1),
        helper.make_node("Concat", ["flat", "pen"], ["known"], axis=1),
        helper.make_node("Gemm", ["known", *hidden], ["h"], transB=1),
        helper.make_node("Relu", ["h"], ["hr"]),
        helper.make_node("Gemm", ["hr", *out], ["logits"], transB=1),
        helper.make_node("Softmax", ["logits"], ["chances"], axis=1),
    ]
    graph = helper.make_graph(
        nodes,
        "marks",
        [
            helper.make_tensor_value_info("ink", TensorProto.FLOAT, ["n", 1, 48, 48]),
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
