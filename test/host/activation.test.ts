import { strict as assert } from 'node:assert';
import { commands, extensions } from 'vscode';
import { activated, EXTENSION } from './support';

interface Manifest {
  contributes: { commands: { command: string }[] };
}

describe('activation', () => {
  it('registers every command of the manifest', async () => {
    await activated();
    const { contributes } = extensions.getExtension(EXTENSION)?.packageJSON as Manifest;
    const known = new Set(await commands.getCommands(true));
    assert.deepEqual(
      contributes.commands.map(({ command }) => command).filter((command) => !known.has(command)),
      [],
    );
  });

  it('opens nothing', async () => {
    await activated();
    const { window } = await import('vscode');
    assert.deepEqual(
      window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label)),
      [],
    );
  });
});
