import { resolve } from 'node:path';
import { UserError } from '../config/errors';
import type { Numerics } from '../config/numerics';
import type { LoadedEngine } from '../engines/engine';
import { loadEngine } from '../engines/engines';
import { findMethod } from '../methods/catalogue';
import { buildNetwork } from '../models/build';
import { loadNetwork } from '../models/load';
import type { Network } from '../models/network';
import type { RunFile } from '../runs/files';
import { readRunFile } from '../runs/folder';
import { runFiles } from '../runs/layout';
import type { Objective } from './steps/objective';

/** A run folder, read. */
export interface OpenRun {
  folder: string;
  run: RunFile;
  /** Absolute. */
  root: string;
}

/** @throws UserError where there is no run.json that can be read */
export async function openRun(folder: string): Promise<OpenRun> {
  const { value: run, problem } = await readRunFile(folder);
  if (run === null) throw new UserError(problem ?? `${folder} is not a run folder: it has no run.json.`);
  return { folder: resolve(folder), run, root: resolve(folder, run.root) };
}

/** The engine that the run was planned with. @throws UserError where another would compute it: results are never mixed */
export async function engineOf({ run, folder }: OpenRun): Promise<LoadedEngine> {
  const engine = await loadEngine(run.numerics.engine, run.numerics);
  const { numerics } = engine;
  const differing = (Object.keys(numerics) as (keyof Numerics)[]).filter(
    (key) => numerics[key] !== run.numerics[key],
  );
  if (differing.length > 0) {
    const changes = differing.map((key) => `${key} ${run.numerics[key]} → ${numerics[key]}`).join(', ');
    throw new UserError(
      `${folder} was planned with other numerics than this machine has (${changes}). Continue on the machine where it was started, or retrain everything.`,
    );
  }
  return engine;
}

/** The network as it is before its first step. */
export function firstNetwork({ run, root }: OpenRun): Promise<Network> | Network {
  const { layers, model } = run.network;
  const { inputShape, classes } = run.data;
  if (layers) return buildNetwork(layers, inputShape, classes.length, run.seed);
  if (model === undefined) throw new UserError('run.json gives neither layers nor a model.');
  return loadNetwork(resolve(root, model), inputShape, classes.length, run.seed, {
    takenOff: run.network.takenOff,
    order: run.network.classes?.map((name) => classes.indexOf(name)),
  });
}

/** The network as it came out of a finished run, at its selected step; for inputs as it saw them. @param outputs how many logits it gives */
export function trainedNetwork(folder: string, run: RunFile, outputs: number): Promise<Network> {
  const { preprocessing, inputShape } = run.data;
  const normalized = (preprocessing?.standardize ?? preprocessing?.normalize) !== undefined;
  return loadNetwork(`${runFiles(folder).model}/model.json`, inputShape, outputs, run.seed, { normalized });
}

/** What the loss of a run is made of. @throws UserError where this version has no such method */
export function objectiveOf({ run }: OpenRun): Objective {
  const method = findMethod(run.method.id);
  if (!method) throw new UserError(`There is no method "${run.method.id}" in this version of Distillery.`);
  return { method, parameters: run.method.parameters, weights: run.method.weights, totalSteps: run.steps };
}

/** For logs and the README of a model. */
export function titleOf({ arm, experiment, seed }: RunFile): string {
  return arm === null
    ? `Teacher of ${experiment}, seed ${seed}`
    : `${experiment}: ${arm.title}, seed ${seed}`;
}
