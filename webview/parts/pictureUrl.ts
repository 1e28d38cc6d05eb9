import type { Pixels } from './pixels';

/** Pixels as an image that SVG can hold, each of them `scale` pixels wide, so that no viewer blurs them. */
export function pictureUrl(pixels: Pixels, scale: number): string {
  const small = document.createElement('canvas');
  small.width = pixels.width;
  small.height = pixels.height;
  small.getContext('2d')?.putImageData(new ImageData(pixels.data, pixels.width, pixels.height), 0, 0);
  const large = document.createElement('canvas');
  large.width = pixels.width * scale;
  large.height = pixels.height * scale;
  const pen = large.getContext('2d');
  if (pen) {
    pen.imageSmoothingEnabled = false;
    pen.drawImage(small, 0, 0, large.width, large.height);
  }
  return large.toDataURL('image/png');
}
