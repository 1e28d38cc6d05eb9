import { arch, cpus, platform } from 'node:os';
import type { RunFile } from './files';
import { sha256 } from './identity';

/** Runs with one key cost the same to run: network and numerics, on this machine. Weights change nothing. */
export const costKey = ({
  network,
  ensemble,
  data,
  numerics,
}: Pick<RunFile, 'network' | 'ensemble' | 'data' | 'numerics'>): string =>
  sha256({
    network,
    ...(ensemble && { members: ensemble.members.map(({ identity }) => identity) }),
    inputShape: data.inputShape,
    classes: data.classes.length,
    numerics,
    machine: { platform: platform(), arch: arch(), cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length },
  });
