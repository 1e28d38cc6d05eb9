import { z } from 'zod';
import { methods } from '../methods/catalogue';
import { schemas, type ConfigKind } from './kinds';

export type JsonSchema = Record<string, unknown>;

const titles: Record<ConfigKind, string> = {
  teacher: 'Distillery: a teacher',
  student: 'Distillery: a student',
  experiment: 'Distillery: an experiment',
  settings: 'Distillery: settings shared by editor and command line',
};

/**
 * The input schema of a config file: keys with a default are optional. `allowComments`, `allowTrailingCommas` and
 * `defaultSnippets` are VS Code extensions of JSON schema.
 */
export function configSchema(kind: ConfigKind): JsonSchema {
  const { $schema, properties, ...rest } = z.toJSONSchema(schemas[kind], {
    io: 'input',
    override: unbounded,
  });
  const all = { ...properties } as Record<string, JsonSchema>;
  if (all['arms'])
    all['arms'] = { ...all['arms'], items: { ...(all['arms']['items'] as object), ...armSnippets() } };
  return {
    $schema,
    title: titles[kind],
    allowComments: true,
    allowTrailingCommas: true,
    ...rest,
    properties: all,
  };
}

/** The input schema of a file that programs write and read: keys with a default are optional. */
export function recordSchema(schema: z.ZodType, title: string): JsonSchema {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input', override: unbounded });
  return { $schema, title, ...rest };
}

/** Completions for a new arm: each method with its default numbers. */
const armSnippets = () => ({
  defaultSnippets: methods.map((method) => {
    const usual = method.parameters.parse({}) as Record<string, unknown>;
    const numbers = Object.entries(usual).filter(([, value]) => typeof value === 'number');
    const weight = 'alpha' in method.parameters.shape ? { alpha: 0.9 } : {};
    const body = { method: method.id, ...Object.fromEntries(numbers), ...weight };
    return { label: method.title, description: method.summary, body };
  }),
});

/** Removes the bounds that only say that an integer is a safe integer. */
function unbounded({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
}
