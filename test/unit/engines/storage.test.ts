import { describe, expect, it } from 'vitest';
import { storageFolder } from '../../../src/engines/storage';

describe('the storage folder', () => {
  it.each([
    ['linux', {}, '/home/ada', '/home/ada/.local/share/distillery'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/home/ada', '/data/distillery'],
    ['linux', { XDG_DATA_HOME: 'relative' }, '/home/ada', '/home/ada/.local/share/distillery'],
    ['linux', { XDG_DATA_HOME: '' }, '/home/ada', '/home/ada/.local/share/distillery'],
    ['darwin', {}, '/Users/ada', '/Users/ada/Library/Application Support/Distillery'],
    ['darwin', { XDG_DATA_HOME: '/data' }, '/Users/ada', '/Users/ada/Library/Application Support/Distillery'],
    ['win32', { LOCALAPPDATA: 'D:\\local' }, 'C:\\Users\\ada', 'D:\\local\\Distillery'],
    ['win32', {}, 'C:\\Users\\ada', 'C:\\Users\\ada\\AppData\\Local\\Distillery'],
    ['linux', { DISTILLERY_STORAGE: '/elsewhere', XDG_DATA_HOME: '/data' }, '/home/ada', '/elsewhere'],
    ['win32', { DISTILLERY_STORAGE: 'E:\\else' }, 'C:\\Users\\ada', 'E:\\else'],
  ] as const)('on %s with %o', (platform, environment, home, folder) => {
    expect(storageFolder({ platform, environment, home })).toBe(folder);
  });
});
