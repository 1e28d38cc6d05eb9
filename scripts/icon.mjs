// Draws media/icon.png, 128 × 128: a flask with a large dot (the teacher) above a small one (the student).
// Signed distances with 4 × 4 samples per pixel, and a PNG encoder of its own, so that one picture needs no drawing library.
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32, deflateSync } from 'node:zlib';

const SIZE = 128;
const SAMPLES = 4;
const background = [31, 36, 48];
const glass = [236, 240, 246];
const blue = [55, 148, 255];
const orange = [238, 157, 40];

const roundedSquare = (x, y) => {
  const [dx, dy] = [Math.abs(x - 64) - 40, Math.abs(y - 64) - 40];
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - 24;
};
const circle = (x, y, cx, cy, r) => Math.hypot(x - cx, y - cy) - r;
const segment = (x, y, [ax, ay], [bx, by]) => {
  const t = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2);
  const c = Math.min(1, Math.max(0, t));
  return Math.hypot(x - ax - c * (bx - ax), y - ay - c * (by - ay));
};
const flask = [
  [53, 24],
  [53, 54],
  [27, 98],
  [33, 106],
  [95, 106],
  [101, 98],
  [75, 54],
  [75, 24],
];
const outline = (x, y, points) =>
  Math.min(...points.slice(1).map((point, i) => segment(x, y, points[i], point)));
const inside = (x, y) => {
  let crossings = 0;
  flask.forEach(([ax, ay], i) => {
    const [bx, by] = flask[(i + 1) % flask.length];
    if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) crossings++;
  });
  return crossings % 2 === 1;
};

/** Colour of a point, or null where the picture is transparent. */
function colour(x, y) {
  if (roundedSquare(x, y) > 0) return null;
  if (outline(x, y, flask) < 3 || segment(x, y, [47, 23], [81, 23]) < 3.5) return glass;
  if (inside(x, y) && y > 78) {
    if (circle(x, y, 54, 92, 7) < 0) return glass;
    if (circle(x, y, 76, 95, 4) < 0) return orange;
    return blue;
  }
  if (circle(x, y, 64, 65, 3.5) < 0) return blue;
  return background;
}

const rows = [];
for (let row = 0; row < SIZE; row++) {
  const line = Buffer.alloc(1 + SIZE * 4);
  for (let column = 0; column < SIZE; column++) {
    const sum = [0, 0, 0];
    let covered = 0;
    for (let i = 0; i < SAMPLES; i++)
      for (let j = 0; j < SAMPLES; j++) {
        const hit = colour(column + (i + 0.5) / SAMPLES, row + (j + 0.5) / SAMPLES);
        if (!hit) continue;
        covered++;
        hit.forEach((value, channel) => (sum[channel] += value));
      }
    const at = 1 + column * 4;
    if (covered > 0) sum.forEach((value, channel) => (line[at + channel] = Math.round(value / covered)));
    line[at + 3] = Math.round((255 * covered) / SAMPLES ** 2);
  }
  rows.push(line);
}

const chunk = (type, data) => {
  const body = Buffer.concat([Buffer.from(type, 'ascii'), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
};
const header = Buffer.alloc(13);
header.writeUInt32BE(SIZE, 0);
header.writeUInt32BE(SIZE, 4);
header.set([8, 6, 0, 0, 0], 8);
const file = join(dirname(dirname(fileURLToPath(import.meta.url))), 'media', 'icon.png');
writeFileSync(
  file,
  Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]),
);
