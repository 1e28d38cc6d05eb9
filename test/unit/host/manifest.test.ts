import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandTable } from '../../../src/host/commands/table';

const root = join(import.meta.dirname, '..', '..', '..');
const text = readFileSync(join(root, 'package.json'), 'utf8');

interface Menu {
  command: string;
  when: string;
  group?: string;
}
interface Manifest {
  engines: { vscode: string };
  devDependencies: Record<string, string>;
  activationEvents: string[];
  icon: string;
  categories: string[];
  extensionKind: string[];
  capabilities: {
    untrustedWorkspaces: { supported: string; description: string; restrictedConfigurations: string[] };
    virtualWorkspaces: { supported: string; description: string };
  };
  contributes: {
    commands: { command: string; category: string; title: string; icon: string; enablement: string }[];
    menus: Record<string, Menu[]>;
    configuration: {
      properties: Record<string, { default?: unknown; markdownDescription?: string; scope?: string }>;
    };
    viewsWelcome: { contents: string; when: string }[];
    views: { distillery: { id: string; icon: string }[] };
    viewsContainers: { activitybar: { icon: string }[] };
    jsonValidation: { fileMatch: string; url: string }[];
    walkthroughs: {
      id: string;
      steps: { description: string; completionEvents: string[]; media: { markdown: string } }[];
    }[];
    keybindings: { command: string; when: string }[];
  };
}
const manifest = JSON.parse(text) as Manifest;
const { contributes } = manifest;
const texts = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8')) as Record<string, string>;

const ids = contributes.commands.map(({ command }) => command);
const names = ids.map((id) => id.replace(/^distillery\./, ''));

describe('texts', () => {
  it('resolve, every one, and none is left over', () => {
    const used = new Set([...text.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key ?? ''));
    expect([...used].filter((key) => !(key in texts))).toEqual([]);
    expect(Object.keys(texts).filter((key) => !used.has(key))).toEqual([]);
  });

  it('name only commands that exist', () => {
    const named = Object.values(texts).flatMap((value) =>
      [...value.matchAll(/\(command:(distillery\.\w+)/g)].map(([, id]) => id),
    );
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((id) => !ids.includes(id ?? ''))).toEqual([]);
  });

  it('of the code stand in the bundle for translators', () => {
    expect(() =>
      execFileSync(process.execPath, [join(root, 'scripts', 'l10n.mjs'), '--check'], { stdio: 'pipe' }),
    ).not.toThrow();
  });

  it('hold no emoji', () => {
    expect(Object.values(texts).filter((value) => /\p{Extended_Pictographic}/u.test(value))).toEqual([]);
  });
});

describe('commands', () => {
  it('are the ones of the code', () => {
    expect([...names].sort()).toEqual(Object.keys(commandTable).sort());
  });

  it('have a category, a title, an icon and an enablement', () => {
    for (const command of contributes.commands) {
      expect(command.category, command.command).toBe('%category%');
      expect(command.title).toMatch(/^%command\.\w+%$/);
      expect(command.icon).toMatch(/^\$\([a-z-]+\)$/);
      expect(command.enablement).not.toBe('');
    }
  });

  it('that need trust say so in the manifest and in the code', () => {
    for (const { command, enablement } of contributes.commands) {
      const { trusted = false, reads = false } = commandTable[command.replace('distillery.', '')] ?? {};
      expect(enablement.includes('isWorkspaceTrusted && !virtualWorkspace'), command).toBe(trusted);
      expect(enablement.includes('isWorkspaceTrusted'), command).toBe(trusted || reads);
    }
  });

  it('have each a place in the palette, or are kept out of it, and no menu names another', () => {
    const palette = contributes.menus['commandPalette'] ?? [];
    expect(palette.map(({ command }) => command).sort()).toEqual([...ids].sort());
    const hidden = palette.filter(({ when }) => when === 'false').map(({ command }) => command);
    const elsewhere = Object.entries(contributes.menus)
      .filter(([menu]) => menu !== 'commandPalette')
      .flatMap(([, items]) => items.map(({ command }) => command));
    expect(hidden.filter((command) => !elsewhere.includes(command))).toEqual([]);
    expect(elsewhere.filter((command) => !ids.includes(command))).toEqual([]);
  });

  it('that train are offered for items in trusted folders only', () => {
    for (const item of contributes.menus['view/item/context'] ?? []) {
      const name = item.command.replace('distillery.', '');
      if (commandTable[name]?.trusted) expect(item.when, name).toContain('isWorkspaceTrusted');
    }
  });
});

/** Which items of the menu a row with this contextValue gets, with the editor's own reading of `viewItem =~ /…/`. */
function offered(contextValue: string): string[] {
  const items = contributes.menus['view/item/context'] ?? [];
  const matches = items.filter(({ when }) => {
    const pattern = /viewItem =~ \/(.+?)\/(?: &&|$)/.exec(when)?.[1];
    return pattern !== undefined && new RegExp(pattern).test(contextValue);
  });
  return [...new Set(matches.map(({ command }) => command.replace('distillery.', '')))];
}

describe('the menu of a row', () => {
  it.each([
    [
      'experiment empty file',
      ['run', 'openPanel', 'renameExperiment', 'duplicateExperiment', 'deleteExperiment'],
      ['stop', 'deleteRun', 'resume'],
    ],
    ['experiment finished folder', [], ['renameExperiment', 'duplicateExperiment', 'deleteExperiment']],
    [
      'experiment running file',
      ['stop', 'openPanel', 'duplicateExperiment'],
      ['run', 'resume', 'renameExperiment', 'deleteExperiment'],
    ],
    ['experiment interrupted file', ['run', 'resume'], ['stop']],
    ['seed running', ['stop', 'openLog', 'revealRun'], ['deleteRun', 'runSeed', 'exportStudent', 'resume']],
    [
      'seed finished',
      ['exportStudent', 'deleteRun', 'openReport', 'copyCommand', 'runSeed'],
      ['stop', 'resume'],
    ],
    ['seed interrupted', ['resume', 'deleteRun', 'openLog'], ['stop', 'exportStudent']],
    ['seed queued', ['runSeed', 'copyCommand'], ['deleteRun', 'openLog', 'resume', 'stop']],
    ['arm finished', ['runArm', 'compare', 'exportStudent'], ['deleteRun', 'stop']],
    ['teacher finished', ['openLog', 'openPanel'], ['deleteRun', 'exportStudent', 'runSeed']],
    ['student', [], ['run', 'openLog', 'deleteRun', 'stop']],
    ['start', [], ['run', 'stop', 'deleteRun']],
  ])('%s', (contextValue, wanted, unwanted) => {
    const commands = offered(contextValue);
    expect(wanted.filter((name) => !commands.includes(name))).toEqual([]);
    expect(unwanted.filter((name) => commands.includes(name))).toEqual([]);
  });
});

describe('the rest of the manifest', () => {
  it('activates on nothing but panels and experiments', () => {
    expect(manifest.activationEvents).toEqual([
      'onWebviewPanel:distillery.panel',
      'workspaceContains:**/*.distill.json',
    ]);
  });

  it('restricts what could run foreign code', () => {
    const { untrustedWorkspaces, virtualWorkspaces } = manifest.capabilities;
    expect(untrustedWorkspaces.supported).toBe('limited');
    expect(virtualWorkspaces.supported).toBe('limited');
    const settings = contributes.configuration.properties;
    expect(untrustedWorkspaces.restrictedConfigurations.filter((key) => !(key in settings))).toEqual([]);
    for (const key of untrustedWorkspaces.restrictedConfigurations)
      expect(settings[key]?.scope, key).toBe('machine');
    expect(manifest.extensionKind).toEqual(['workspace']);
  });

  it('gives each setting a default, a description and a scope', () => {
    for (const [key, setting] of Object.entries(contributes.configuration.properties)) {
      expect(setting, key).toHaveProperty('default');
      expect(setting.markdownDescription, key).toMatch(/^%setting\./);
      expect(['machine', 'window']).toContain(setting.scope);
    }
  });

  it('names only files that are there', () => {
    const files = [
      manifest.icon,
      ...contributes.viewsContainers.activitybar.map(({ icon }) => icon),
      ...contributes.jsonValidation.map(({ url }) => url),
      ...contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.markdown)),
    ];
    expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
  });

  it('has a picture of 128 × 128 for itself, and an outline in one colour for the activity bar', () => {
    const png = readFileSync(join(root, manifest.icon));
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([128, 128]);
    const svg = readFileSync(join(root, contributes.viewsContainers.activitybar[0]?.icon ?? ''), 'utf8');
    expect(new Set(svg.match(/#[0-9a-f]{3,8}/gi)).size).toBe(1);
  });

  it('welcomes in every state without an experiment, in one way at a time', () => {
    const states = [
      { workspaceFolderCount: 0, isWorkspaceTrusted: true, virtualWorkspace: '', hasExperiment: false },
      { workspaceFolderCount: 1, isWorkspaceTrusted: false, virtualWorkspace: '', hasExperiment: false },
      { workspaceFolderCount: 1, isWorkspaceTrusted: true, virtualWorkspace: 'git', hasExperiment: false },
      { workspaceFolderCount: 1, isWorkspaceTrusted: true, virtualWorkspace: '', hasExperiment: false },
    ];
    const holds = (when: string, state: (typeof states)[number]) =>
      when.split(' && ').every((term) => {
        const [, not, key = '', operator, value] = /^(!?)([\w.]+)(?: (==|>) (\d+))?$/.exec(term) ?? [];
        const is = state[key.replace('distillery.', '') as keyof typeof state];
        if (operator === '==') return is === Number(value);
        if (operator === '>') return Number(is) > Number(value);
        return not === '!' ? !is : Boolean(is);
      });
    const shown = states.map((state) => contributes.viewsWelcome.filter(({ when }) => holds(when, state)));
    expect(shown.map((welcomes) => welcomes.map(({ contents }) => contents))).toEqual([
      ['%welcome.noFolder%'],
      ['%welcome.untrusted%'],
      ['%welcome.virtual%'],
      ['%welcome.noExperiment%'],
    ]);
  });

  it('walks through with steps that notice when they are done', () => {
    expect(contributes.walkthroughs).toHaveLength(1);
    for (const { completionEvents } of contributes.walkthroughs[0]?.steps ?? []) {
      expect(completionEvents.length).toBeGreaterThan(0);
      for (const event of completionEvents) {
        const command = /^onCommand:(.+)$/.exec(event)?.[1];
        if (command !== undefined) expect(ids).toContain(command);
      }
    }
  });

  it('binds no key beyond its own view', () => {
    for (const { when } of contributes.keybindings) expect(when).toContain('distillery.experiments');
  });

  it('asks for no newer editor than its types describe', () => {
    const minimum = manifest.engines.vscode.replace('^', '');
    expect(manifest.devDependencies['@types/vscode']).toBe(minimum);
  });
});
