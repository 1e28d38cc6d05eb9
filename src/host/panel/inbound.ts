import { z } from 'zod';
import { panelCommands, tabs, type PanelMessage } from '../../messages';

const request = z.int().min(1);
const run = z.string().max(1000);
const text = z.string().max(64 * 1024 * 1024);

/** Messages from the page. They are untrusted input: invalid ones are dropped and logged. */
const panelMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready'), protocol: z.int() }),
  z.strictObject({
    type: z.literal('select'),
    request,
    run: run.nullable(),
    overlays: z.array(run).max(100),
  }),
  z.strictObject({ type: z.literal('tab'), request, tab: z.enum(tabs) }),
  z.strictObject({ type: z.literal('compare'), request, arms: z.array(z.string().max(4200)).max(100) }),
  z.strictObject({
    type: z.literal('command'),
    command: z.enum(panelCommands),
    run: run.nullable(),
    argument: z.number().nullable(),
  }),
  z.strictObject({ type: z.literal('example'), request, row: z.int().min(0).nullable() }),
  z.strictObject({
    type: z.literal('openFile'),
    path: z.string().max(4096),
    how: z.enum(['open', 'reveal']),
  }),
  z.strictObject({ type: z.literal('copy'), text: z.string().max(100_000) }),
  z.strictObject({ type: z.literal('saveText'), name: z.string().max(255), text }),
  z.strictObject({
    type: z.literal('saveImage'),
    name: z.string().max(255),
    dataUrl: text.regex(/^data:image\/(png|svg\+xml)[;,]/),
  }),
]);

export type Inbound = { ok: true; message: PanelMessage } | { ok: false; reason: string };

export function readPanelMessage(value: unknown): Inbound {
  const parsed = panelMessageSchema.safeParse(value);
  return parsed.success
    ? { ok: true, message: parsed.data }
    : { ok: false, reason: z.prettifyError(parsed.error) };
}

/** The bytes of an image data URL; SVG may be percent-encoded. */
export function imageBytes(dataUrl: string): Uint8Array {
  const comma = dataUrl.indexOf(',');
  const body = dataUrl.slice(comma + 1);
  return dataUrl.slice(0, comma).endsWith(';base64')
    ? Buffer.from(body, 'base64')
    : Buffer.from(decodeURIComponent(body), 'utf8');
}
