"""One contender in its own process, by the protocol of workers/main.ts."""

import json
import os
import pathlib
import re
import resource
import sys
import time

import numpy as np


class Workload:
    """A definition with its batch, as workloads.ts laid them down."""

    def __init__(self, folder):
        self.__dict__.update(
            json.loads((folder / "workload.json").read_text())
        )
        shape = [self.batchSize, *self.inputShape]
        inputs = np.fromfile(folder / "inputs.float32", "f4")
        self.inputs = inputs.reshape(shape)
        self.labels = np.fromfile(folder / "labels.int32", "i4")
        logits = np.fromfile(folder / "teacherLogits.float32", "f4")
        self.teacher_logits = logits.reshape(self.batchSize, self.classes)


def peak_memory():
    """In MB. On Linux ru_maxrss counts what the parent held before exec."""
    status = pathlib.Path("/proc/self/status")
    if status.exists():
        most = re.search(r"VmHWM:\s*(\d+) kB", status.read_text())
        return int(most[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def measure(trial, steps):
    ms, cpu_ms, loss = [], [], float("nan")
    for _ in range(steps):
        begun, used = time.perf_counter(), time.process_time()
        loss = trial["step"]()
        ms.append((time.perf_counter() - begun) * 1000)
        cpu_ms.append((time.process_time() - used) * 1000)
    return {
        "ms": ms,
        "cpuMs": cpu_ms,
        "loss": loss,
        "parameters": trial["parameters"],
        "peakMemoryMB": peak_memory(),
        "remarks": [],
    }


def maker_of(contender, threads):
    if contender.startswith("keras"):
        import keras_trial

        return keras_trial.make(threads)
    import torch_trial

    return torch_trial.make(contender, threads)


def main(contender, folder, threads):
    # Libraries print what they like; answers have a channel of their own.
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    make, trials = None, {}
    for line in sys.stdin:
        request = json.loads(line)
        try:
            make = make or maker_of(contender, int(threads))
            name = request["workload"]
            if name not in trials:
                trials[name] = make(Workload(pathlib.Path(folder) / name))
            answer = measure(trials[name], request["steps"])
        except Exception as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(answer) + "\n")


main(*sys.argv[1:])
