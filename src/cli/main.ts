import { EXIT, explainError } from './exit';
import { endQuietlyWithReader, tell } from './output';
import { buildProgram } from './program';

endQuietlyWithReader();
buildProgram((code) => (process.exitCode = code))
  .parseAsync()
  .catch((error: unknown) => {
    const { code, text } = explainError(error);
    if (text !== null) tell(text);
    process.exitCode = code;
  })
  // An unforeseen handle must not keep a finished command from ending; what was printed is written first.
  .finally(() => process.stdout.write('', () => process.exit(process.exitCode ?? EXIT.done)));
