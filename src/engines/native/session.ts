import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Binding, TensorMetadata } from './binding';

/** A loaded graph. */
export class Session {
  private readonly model: number;

  constructor(
    private readonly binding: Binding,
    { bytes, tag }: { bytes: Uint8Array; tag: string },
  ) {
    // The binding loads only from a folder, and has read it when it returns.
    const folder = mkdtempSync(join(tmpdir(), 'distillery-graph-'));
    try {
      writeFileSync(join(folder, 'saved_model.pb'), bytes);
      this.model = binding.loadSavedModel(folder, tag);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  /** Feeds tensors by id and returns the nodes' values; the caller deletes them. */
  run(feeds: ReadonlyMap<string, number>, fetches: readonly string[]): TensorMetadata[] {
    const names = (nodes: Iterable<string>) => [...nodes].map((node) => `${node}:0`).join(',');
    return this.binding.runSavedModel(this.model, [...feeds.values()], names(feeds.keys()), names(fetches));
  }

  /** The same with plain numbers, in memory order. */
  runNumbers(
    feeds: readonly { node: string; shape: readonly number[]; values: Float32Array }[],
    fetches: readonly string[],
  ): Float32Array[] {
    const { binding } = this;
    const ids = new Map(
      feeds.map(({ node, shape, values }) => [node, binding.createTensor(shape, binding.TF_FLOAT, values)]),
    );
    try {
      return this.run(ids, fetches).map(({ id }) => {
        const values = Float32Array.from(binding.tensorDataSync(id) as Float32Array);
        binding.deleteTensor(id);
        return values;
      });
    } finally {
      for (const id of ids.values()) binding.deleteTensor(id);
    }
  }

  dispose(): void {
    this.binding.deleteSavedModel(this.model);
  }
}
