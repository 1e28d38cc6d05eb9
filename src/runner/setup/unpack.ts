import type { Stage } from './stage';
import { nameOf, type Wheel } from './wheels';
import { deps } from './compile';

/**
 * Takes the libraries and the headers of the C interface out of a wheel, which is a zip file. Python does it, since pip
 * needs it anyway: half a gigabyte is unpacked in a process that can be ended, and no zip library has to be shipped.
 */
const UNPACK = `
import pathlib, shutil, sys, zipfile
wheel, target, *libraries = sys.argv[1:]
def place(name):
    path = pathlib.PurePosixPath(name)
    root, *inner = path.parts
    if root != "tensorflow" or ".." in inner: return None
    if len(inner) == 1 and path.name in libraries: return pathlib.Path(target, "lib", path.name)
    c_interface = inner[1:3] == ["tensorflow", "c"] or "tsl_status" in path.name or "ctstring" in path.name
    wanted = inner[:1] == ["include"] and path.suffix == ".h" and c_interface
    return pathlib.Path(target, *inner) if wanted else None
with zipfile.ZipFile(wheel) as archive:
    for entry in archive.infolist():
        file = place(entry.filename)
        if file is None: continue
        file.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(entry) as packed, open(file, "wb") as unpacked: shutil.copyfileobj(packed, unpacked, 1 << 20)
lost = [name for name in libraries if not pathlib.Path(target, "lib", name).exists()]
if lost: sys.exit(wheel + " does not hold " + ", ".join(lost))
`;

export function unpack(wheel: Wheel): Stage[] {
  const name = nameOf(wheel);
  const python = {
    kind: 'command' as const,
    programs: ['python3'],
    missing: 'python3 is no longer on the PATH.',
  };
  return [
    {
      ...python,
      title: `pip downloads ${name}, ${Math.round(wheel.bytes / 1e6)} MB`,
      args: [
        ...['-m', 'pip', '--disable-pip-version-check', '--no-input', 'download', '--progress-bar', 'off'],
        ...['--no-deps', '--only-binary=:all:', '--implementation', 'cp', '--abi', 'cp311'],
        ...['--python-version', '3.11', '--platform', wheel.pipPlatform, '--dest', 'wheel'],
        `${wheel.package}==${wheel.version}`,
      ],
      failed: `pip could not download ${name}`,
      advice: 'Check the network and pip’s index setting.',
      download: { ending: '.whl', bytes: wheel.bytes },
    },
    { kind: 'hash', file: `wheel/${wheel.file}`, sha256: wheel.sha256 },
    {
      ...python,
      title: 'unpacks libtensorflow',
      args: ['-c', UNPACK, `wheel/${wheel.file}`, deps, ...wheel.libraries],
      failed: `Libtensorflow could not be taken out of the wheel of ${name}`,
      advice: 'Try again; the wheel is fetched anew.',
    },
    { kind: 'remove', path: 'wheel' },
    ...Object.entries(wheel.links).map(([link, target]) => ({
      kind: 'link' as const,
      path: `${deps}/lib/${link}`,
      target,
    })),
  ];
}
