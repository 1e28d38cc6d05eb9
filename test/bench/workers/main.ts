// One contender in a process of its own. A line of JSON asks ({"workload": "kd", "steps": 20}), a line answers.
import { createInterface } from 'node:readline';
import type { EngineId } from '../../../src/config/numerics';
import { loadWith, type Setting } from './loadWith';
import { makeBatch } from '../batch';
import { workloads } from '../workloads';
import { peakMemory } from './memory';
import { ourTrial } from './ours';
import { ourTransformerTrial } from './ourTransformer';
import { stockNode, stockWasm } from './stockEngines';
import { stockTrial } from './stock';
import type { MakeTrial, Trial } from './trial';

/** What a worker answers. */
export interface Answer {
  /** By the clock, of each step. */
  ms: number[];
  /** Of the processor, all threads together. */
  cpuMs: number[];
  /** Of the last step. */
  loss: number;
  parameters: number;
  /** Resident, the most since the process began. */
  peakMemoryMB: number;
  remarks: string[];
}

async function makerOf(contender: string, setting: Setting): Promise<MakeTrial> {
  if (contender === 'stock-node') return stockTrial(stockNode());
  if (contender === 'stock-wasm') return stockTrial(await stockWasm());
  const { compile, ...engine } = await loadWith(contender as EngineId, setting);
  const loaded = compile && setting.execution !== 'eager' ? { ...engine, compile } : engine;
  const { variant, threads } = engine.numerics;
  const remark = `${variant}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  return async (workload, batch) => {
    const make = workload.network.kind === 'layers' ? ourTrial : ourTransformerTrial;
    const trial = await make(loaded)(workload, batch);
    return { ...trial, remarks: [remark, ...trial.remarks] };
  };
}

async function measure(trial: Trial, steps: number): Promise<Answer> {
  const ms: number[] = [];
  const cpuMs: number[] = [];
  let loss = NaN;
  for (let step = 0; step < steps; step++) {
    const begun = performance.now();
    const used = process.cpuUsage();
    loss = await trial.step();
    const { user, system } = process.cpuUsage(used);
    ms.push(performance.now() - begun);
    cpuMs.push((user + system) / 1000);
  }
  const { parameters, remarks } = trial;
  return { ms, cpuMs, loss, parameters, peakMemoryMB: peakMemory(), remarks };
}

async function main(contender: string, setting: Setting): Promise<void> {
  let make: MakeTrial | null = null;
  const trials = new Map<string, Trial>();
  for await (const line of createInterface({ input: process.stdin })) {
    const { workload: id, steps } = JSON.parse(line) as { workload: string; steps: number };
    let answer: Answer | { error: string };
    try {
      make ??= await makerOf(contender, setting);
      const workload = workloads.find((one) => one.id === id)!;
      const trial = trials.get(id) ?? (await make(workload, makeBatch(workload)));
      trials.set(id, trial);
      answer = await measure(trial, steps);
    } catch (error) {
      answer = { error: error instanceof Error ? error.message : String(error) };
    }
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
  process.exit(0);
}

void main(process.argv[2]!, JSON.parse(process.argv[3] ?? '{}') as Setting);
