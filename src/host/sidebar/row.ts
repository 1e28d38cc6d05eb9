/** A tree item independent of VS Code, with the text for screen readers. */
export interface Row {
  label: string;
  description: string;
  /** Rows of name and value. */
  tooltip: [string, string][];
  icon: string;
  colour: string | null;
  /** Words that menu conditions match. */
  context: string;
  accessible: string;
  opens: 'panel' | 'run' | 'file' | 'problem' | null;
}

export interface Look {
  icon: string;
  colour: string | null;
}

export const colours = {
  blue: 'charts.blue',
  green: 'charts.green',
  red: 'charts.red',
  yellow: 'charts.yellow',
};

/** A row without a tooltip that opens nothing, unless the parts say otherwise. */
export const row = (
  parts: Pick<Row, 'label' | 'description' | 'icon' | 'colour' | 'context'> & Partial<Row>,
): Row => ({
  tooltip: [],
  opens: null,
  accessible: [parts.label, parts.description].filter(Boolean).join(', '),
  ...parts,
});
