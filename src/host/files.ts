import type { ExtensionContext } from 'vscode';

/** A file of the built extension. */
export const inDist = (context: ExtensionContext, ...path: string[]): string =>
  context.asAbsolutePath(['dist', ...path].join('/'));
