"""PyTorch, Adam as it comes or fused; torchdistill's loss in a plain loop."""

import torch
from torch.nn import functional as F
from torch_networks import build


def distillation_loss(contender, workload):
    temperature, alpha = workload.temperature, workload.alpha
    if contender == "torchdistill":
        from torchdistill.losses.mid_level import KDLoss

        where = {"module_path": "m", "module_io": "output"}
        kd = KDLoss(
            **{f"student_{key}": value for key, value in where.items()},
            **{f"teacher_{key}": value for key, value in where.items()},
            temperature=temperature,
            alpha=1 - alpha,
            reduction="batchmean",
        )
        return lambda z, soft, y: kd(
            {"m": {"output": z}}, {"m": {"output": soft}}, targets=y
        )

    def loss(z, soft, y):
        divergence = F.kl_div(
            F.log_softmax(z / temperature, -1),
            F.softmax(soft / temperature, -1),
            reduction="batchmean",
        )
        hard = F.cross_entropy(z, y)
        return alpha * temperature**2 * divergence + (1 - alpha) * hard

    return loss


def make(contender, threads):
    torch.set_num_threads(threads)
    torch.manual_seed(0)

    def trial(workload):
        model = build(workload.network, workload)
        live = None
        if workload.teacher == "live":
            live = build(workload.teacherNetwork, workload).eval()
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

        return {
            "step": step,
            "parameters": sum(p.numel() for p in model.parameters()),
        }

    return trial
