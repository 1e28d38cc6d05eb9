/** Pixels of a text as charts write it. */
export type TextWidth = (text: string, bold?: boolean) => number;

/** Pixels of a letter where nothing can be measured: more than the usual. */
const LETTER = 0.62;
let pen: CanvasRenderingContext2D | null | undefined;

export function textWidth(size: number, family: string): TextWidth {
  if (typeof document !== 'undefined') pen ??= document.createElement('canvas').getContext('2d');
  return (text, bold = false) => {
    if (!pen) return text.length * size * LETTER;
    pen.font = `${bold ? 600 : 400} ${size}px ${family}`;
    return Math.ceil(pen.measureText(text).width);
  };
}

/** A text that fits into so many pixels: what is too long ends in “…”. */
export function shortened(text: string, most: number, width: TextWidth): string {
  if (width(text) <= most) return text;
  for (let length = text.length - 1; length > 0; length--) {
    const some = `${text.slice(0, length).trimEnd()}…`;
    if (width(some) <= most) return some;
  }
  return '…';
}
