// The graphics processor in software (SwiftShader) that comes with Chromium, so that the GPU engine is tested on any machine.
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const FOLDERS = ['/usr/lib/chromium', '/usr/lib/chromium-browser', '/opt/google/chrome'];
const FILES = ['vk_swiftshader_icd.json', 'libvk_swiftshader.so', 'libvulkan.so.1'];

/**
 * What a process needs in its environment from its start to compute on it, and on no other. Empty where there is none, and
 * where DISTILLERY_SOFTWARE_GPU is 0: then the tests take what hardware there is.
 *
 * @returns {Record<string, string>}
 */
export function softwareGpu() {
  const folder = FOLDERS.find((one) => FILES.every((file) => existsSync(join(one, file))));
  if (folder === undefined || process.env.DISTILLERY_SOFTWARE_GPU === '0') return {};
  return {
    DISTILLERY_SOFTWARE_GPU: '1',
    VK_ICD_FILENAMES: join(folder, 'vk_swiftshader_icd.json'),
    LD_LIBRARY_PATH: [folder, process.env.LD_LIBRARY_PATH].filter(Boolean).join(delimiter),
    // Vulkan's loader complains where it is not set.
    XDG_RUNTIME_DIR: process.env.XDG_RUNTIME_DIR ?? tmpdir(),
  };
}
