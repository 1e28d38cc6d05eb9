"""PyTorch: Adam as it comes, or fused; torchdistill's loss in a plain loop."""

import torch
from torch import nn
from torch.nn import functional as F


class Block(nn.Module):
    def __init__(self, width, heads, hidden):
        super().__init__()
        self.heads = heads
        self.query, self.key, self.value, self.out = (nn.Linear(width, width, bias=False) for _ in range(4))
        self.up, self.down = nn.Linear(width, hidden), nn.Linear(hidden, width)
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)

    def forward(self, x):
        batch, tokens, width = x.shape

        def split(t):
            return t.view(batch, tokens, self.heads, -1).transpose(1, 2)

        normal = self.norm1(x)
        query, key, value = split(self.query(normal)), split(self.key(normal)), split(self.value(normal))
        # Faster here than scaled_dot_product_attention, which pays from longer sequences on.
        weights = (query @ key.transpose(-1, -2) / query.shape[-1] ** 0.5).softmax(-1)
        attended = weights @ value
        x = x + self.out(attended.transpose(1, 2).reshape(batch, tokens, width))
        return x + self.down(F.gelu(self.up(self.norm2(x))))


class Transformer(nn.Module):
    def __init__(self, network, classes):
        super().__init__()
        width = network["width"]
        self.tokens = nn.Embedding(network["vocabulary"], width)
        self.positions = nn.Parameter(torch.empty(network["tokens"], width))
        self.blocks = nn.Sequential(
            *(Block(width, network["heads"], network["hidden"]) for _ in range(network["blocks"]))
        )
        self.head = nn.Linear(width, classes)

    def forward(self, ids):
        return self.head(self.blocks(self.tokens(ids) + self.positions).mean(1))


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


def distillation_loss(contender, workload):
    temperature, alpha = workload.temperature, workload.alpha
    if contender == "torchdistill":
        from torchdistill.losses.mid_level import KDLoss

        where = {"module_path": "m", "module_io": "output"}
        kd = KDLoss(
            **{f"{who}_{key}": value for who in ("student", "teacher") for key, value in where.items()},
            temperature=temperature,
            alpha=1 - alpha,
            reduction="batchmean",
        )
        return lambda z, soft, y: kd({"m": {"output": z}}, {"m": {"output": soft}}, targets=y)

    def loss(z, soft, y):
        divergence = F.kl_div(
            F.log_softmax(z / temperature, -1), F.softmax(soft / temperature, -1), reduction="batchmean"
        )
        return alpha * temperature**2 * divergence + (1 - alpha) * F.cross_entropy(z, y)

    return loss


def make(contender, threads):
    torch.set_num_threads(threads)
    torch.manual_seed(0)

    def trial(workload):
        model = build(workload.network, workload)
        live = build(workload.teacherNetwork, workload).eval() if workload.teacher == "live" else None
        optimizer = torch.optim.Adam(
            model.parameters(),
            workload.learningRate,
            eps=1e-7,
            fused=True if contender == "torch-fused" else None,
        )
        x = torch.from_numpy(workload.inputs)
        if workload.network["kind"] == "transformer":
            x = x.long()
        elif x.dim() == 4:
            x = x.permute(0, 3, 1, 2).contiguous()
        y = torch.from_numpy(workload.labels).long()
        given = torch.from_numpy(workload.teacher_logits)
        distil = distillation_loss(contender, workload)

        def step():
            optimizer.zero_grad()
            if workload.teacher == "none":
                loss = F.cross_entropy(model(x), y)
            else:
                with torch.no_grad():
                    soft = live(x) if live else given
                loss = distil(model(x), soft, y)
            loss.backward()
            optimizer.step()
            return loss.item()

        return {"step": step, "parameters": sum(p.numel() for p in model.parameters())}

    return trial
