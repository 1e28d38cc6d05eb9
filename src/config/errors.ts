/** A config value that fixes an error, with its path in the experiment file. */
export interface SuggestedSetting {
  path: (string | number)[];
  value: unknown;
}

/** An error message for users: what is wrong, where, what was expected, what to do. Any other error that is thrown is a bug. */
export class UserError extends Error {
  override readonly name = 'UserError';
  /** A setting that an editor can offer as a quick fix. */
  readonly setting: SuggestedSetting | undefined;

  constructor(message: string, options: ErrorOptions & { setting?: SuggestedSetting | undefined } = {}) {
    super(message, options);
    this.setting = options.setting;
  }
}

/** For the log: with the stack if there is one. */
export const errorText = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
