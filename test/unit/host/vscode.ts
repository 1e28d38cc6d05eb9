/** The parts of the VS Code API that unit tests need: formatted texts, and classes that only hold values. */
export const l10n = {
  t: (message: string, ...values: unknown[]): string =>
    message.replaceAll(/\{(\w+)\}/g, (place, key: string) => {
      const [first] = values;
      const named = typeof first === 'object' && first !== null ? (first as Record<string, unknown>) : values;
      const value = (named as Record<string, unknown>)[key];
      return value === undefined ? place : `${value as string | number}`;
    }),
};

export class ThemeColor {
  constructor(readonly id: string) {}
}
export class ThemeIcon {
  constructor(
    readonly id: string,
    readonly color?: ThemeColor,
  ) {}
}
export class EventEmitter {
  event = () => ({ dispose: () => undefined });
  fire = () => undefined;
  dispose = () => undefined;
}
export class Uri {
  private constructor(readonly fsPath: string) {}
  static file = (path: string) => new Uri(path);
}
export class WorkspaceEdit {}
export class Range {}
export class MarkdownString {}
export class TreeItem {}
export const QuickInputButtons = { Back: {} };
export const ProgressLocation = { Notification: 15 };
export const window = {};
export const workspace = {};
export const commands = {};
export const env = { language: 'en' };
