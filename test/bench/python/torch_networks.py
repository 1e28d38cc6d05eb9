"""The networks of the workloads in PyTorch."""

import torch
from torch import nn
from torch.nn import functional as F


class Block(nn.Module):
    def __init__(self, width, heads, hidden):
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value, self.out = (
            nn.Linear(width, width, bias=False) for _ in range(4)
        )
        self.up, self.down = nn.Linear(width, hidden), nn.Linear(hidden, width)
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)

    def forward(self, x):
        batch, tokens, width = x.shape

        def split(t):
            return t.view(batch, tokens, self.heads, -1).transpose(1, 2)

        normal = self.norm1(x)
        query, key, value = (
            split(part(normal)) for part in (self.query, self.key, self.value)
        )
        # Faster here than scaled_dot_product_attention, which pays
        # from longer sequences on.
        scores = query @ key.transpose(-1, -2) / query.shape[-1] ** 0.5
        attended = (scores.softmax(-1) @ value).transpose(1, 2)
        x = x + self.out(attended.reshape(batch, tokens, width))
        return x + self.down(F.gelu(self.up(self.norm2(x))))


class Transformer(nn.Module):
    def __init__(self, network, classes):
        super().__init__()
        width = network["width"]
        self.tokens = nn.Embedding(network["vocabulary"], width)
        self.positions = nn.Parameter(torch.empty(network["tokens"], width))
        self.blocks = nn.Sequential(
            *(
                Block(width, network["heads"], network["hidden"])
                for _ in range(network["blocks"])
            )
        )
        self.head = nn.Linear(width, classes)

    def forward(self, ids):
        x = self.tokens(ids) + self.positions
        return self.head(self.blocks(x).mean(1))


def build(network, workload):
    if network["kind"] == "transformer":
        model = Transformer(network, workload.classes)
    else:
        model, shape = nn.Sequential(), list(workload.inputShape)
        for layer in network["layers"]:
            shape = add(model, layer, shape)
    for name, parameter in model.named_parameters():
        if parameter.dim() > 1:
            nn.init.xavier_uniform_(parameter)
        elif name.endswith("bias"):
            nn.init.zeros_(parameter)
    return model


def add(model, layer, shape):
    """The layer's shape, [height, width, channels] or [features], after it."""
    kind = layer["type"]
    if kind == "dense":
        model.append(nn.Linear(shape[-1], layer["units"]))
        shape = [layer["units"]]
    elif kind == "conv2d":
        model.append(nn.Conv2d(shape[-1], layer["filters"], 3))
        shape = [shape[0] - 2, shape[1] - 2, layer["filters"]]
    elif kind == "maxPooling2d":
        model.append(nn.MaxPool2d(2))
        shape = [shape[0] // 2, shape[1] // 2, shape[2]]
    elif kind == "flatten":
        model.append(nn.Flatten())
        shape = [shape[0] * shape[1] * shape[2]]
    elif kind == "dropout":
        model.append(nn.Dropout(layer["rate"]))
    else:
        raise ValueError(f"no layer {kind}")
    if layer.get("activation") == "relu":
        model.append(nn.ReLU())
    return shape
