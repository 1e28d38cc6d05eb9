import type { Hue } from './chart/model';

export interface Palette {
  line: Record<Hue, string>;
  text: Record<Hue, string>;
  foreground: string;
  muted: string;
  grid: string;
  cursor: string;
  background: string;
  error: string;
  font: string;
  /** Red, green, blue of the foreground, for pixels. */
  ink: [number, number, number];
  /** High contrast: thicker lines, no faint ones, overlays at full strength. */
  highContrast: boolean;
}

const channel = (value: string, scale: number) =>
  value.endsWith('%') ? parseFloat(value) / 100 : parseFloat(value) / scale;

/** What getComputedStyle answers for a colour, as red, green, blue (0–255) and opacity; null for anything else. */
export function parseColour(computed: string): { rgb: [number, number, number]; opacity: number } | null {
  const parts = /^(rgba?|color)\((?:srgb )?([^)]+)\)$/.exec(computed.trim());
  if (!parts) return null;
  const [red, green, blue, opacity] = (parts[2] ?? '').split(/[\s,/]+/).filter(Boolean);
  if (red === undefined || green === undefined || blue === undefined) return null;
  const scale = parts[1] === 'color' ? 1 : 255;
  const byte = (value: string) => Math.round(Math.min(1, Math.max(0, channel(value, scale))) * 255);
  return {
    rgb: [byte(red), byte(green), byte(blue)],
    opacity: opacity === undefined ? 1 : channel(opacity, 1),
  };
}

/** In the form that canvas, SVG files and every image viewer understand. */
export function cssColour(computed: string): string {
  const colour = parseColour(computed);
  if (!colour) return computed;
  const hex = colour.rgb.map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return colour.opacity >= 1 ? `#${hex}` : `rgba(${colour.rgb.join(', ')}, ${colour.opacity})`;
}

/** The tokens of styles.css in the current theme. */
export function readPalette(): Palette {
  const probe = document.createElement('span');
  document.body.append(probe);
  const computed = (name: string) => {
    probe.style.color = `var(--${name})`;
    return getComputedStyle(probe).color;
  };
  const token = (name: string) => cssColour(computed(name));
  const hues = (kind: string): Record<Hue, string> => ({
    teacher: token(`${kind}-teacher`),
    labels: token(`${kind}-labels`),
    neutral: token(`${kind}-neutral`),
  });
  const palette: Palette = {
    line: hues('line'),
    text: hues('text'),
    foreground: token('page-foreground'),
    muted: token('muted'),
    grid: token('grid'),
    cursor: token('cursor'),
    background: token('page-background'),
    error: token('error'),
    font: getComputedStyle(document.body).fontFamily,
    ink: parseColour(computed('page-foreground'))?.rgb ?? [128, 128, 128],
    highContrast: isHighContrast(),
  };
  probe.remove();
  return palette;
}

const isHighContrast = () =>
  document.body.classList.contains('vscode-high-contrast') ||
  document.body.classList.contains('vscode-high-contrast-light');

/** VS Code changes the class of body and the variables on html when the theme changes. */
export function onThemeChange(changed: () => void): void {
  const observer = new MutationObserver(changed);
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
}
