/** Steps of a cell's tint, from next to nothing to 40 % of the hue: as classes, since a page's policy may allow no style attributes. */
export const TINTS = 8;

const tint = (name: string, hue: string) =>
  Array.from(
    { length: TINTS },
    (_, i) =>
      `.${name}-${i + 1} { background: color-mix(in srgb, var(--${hue}) ${(40 * (i + 1)) / TINTS}%, var(--page)); }`,
  ).join(' ');

/** Distilled students are solid blue, scratch dashed orange, the teacher the text's colour. */
export const style = `
:root { color-scheme: light dark; --text: #1f2328; --aside: #57606a; --page: #ffffff; --line: #d0d7de;
  --blue: #0063d3; --orange: #b25e00; --good: #1a7f37; --bad: #b3261e; --open: #7a5c00; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e6e6; --aside: #a6adb5; --page: #1b1d20; --line: #3d4248;
  --blue: #59a4f9; --orange: #ee9d28; --good: #57c26f; --bad: #ff8a80; --open: #e2c04c; } }
@media print { :root { color-scheme: light; --text: #000; --aside: #444; --page: #fff; --line: #bbb;
  --blue: #0063d3; --orange: #b25e00; --good: #1a7f37; --bad: #b3261e; --open: #7a5c00; } section { break-inside: avoid-page; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 24px 16px 48px; max-width: 1120px; background: var(--page); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 4px; overflow-wrap: anywhere; } h2 { font-size: 1.15rem; margin: 32px 0 8px; }
h3 { font-size: 1rem; margin: 20px 0 4px; overflow-wrap: anywhere; }
p { margin: 6px 0; max-width: 80ch; } .aside, figcaption, caption { color: var(--aside); }
.verdict { border: 1px solid var(--line); border-left: 4px solid currentColor; padding: 12px 16px; margin: 16px 0; }
.verdict > * { color: var(--text); } .verdict .token { font-size: 1.4rem; font-weight: 700; color: inherit; }
.good { color: var(--good); } .bad { color: var(--bad); } .open { color: var(--open); }
.checks { list-style: none; padding: 0; margin: 8px 0 0; display: flex; flex-wrap: wrap; gap: 4px 20px; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 5px 14px 5px 0; text-align: right; border-bottom: 1px solid var(--line); font-weight: 400; vertical-align: top; }
th:first-child, td:first-child, .text td { text-align: left; } thead th { color: var(--aside); }
td, tbody th { white-space: nowrap; } .text td:first-child { color: var(--aside); } .text td + td { white-space: normal; overflow-wrap: anywhere; min-width: 22ch; }
tbody th::before { display: inline-block; width: 1.3em; } .row-teacher th::before { content: '◆'; }
.row-scratch th::before { content: '○'; color: var(--orange); } .row-distilled th::before { content: '●'; color: var(--blue); }
.row-difference th::before { content: ''; } .row-difference { color: var(--aside); }
pre { overflow-x: auto; padding: 10px 12px; border: 1px solid var(--line); font: 13px/1.5 ui-monospace, Consolas, monospace; }
figure { margin: 8px 0; } svg { display: block; width: 100%; max-width: 560px; height: auto; font: 12px system-ui, sans-serif; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 440px), 1fr)); gap: 0 24px; }
.triple { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr)); gap: 0 24px; }
.reliability { stroke-width: 1.4; } .reliability circle { stroke-width: 1.4; } .reliability.hollow path { stroke-dasharray: 3 3; }
.reliability.teacher { stroke: var(--blue); } .reliability.labels { stroke: var(--orange); } .reliability.neutral { stroke: var(--text); }
.reliability.hollow circle { fill: var(--page); } .reliability.filled.teacher circle { fill: var(--blue); }
.reliability.filled.labels circle { fill: var(--orange); } .reliability.filled.neutral circle { fill: var(--text); } .reliability text { stroke: none; }
text { fill: var(--aside); } text.teacher { fill: var(--blue); } text.labels { fill: var(--orange); } text.neutral { fill: var(--text); }
path { fill: none; } .grid { stroke: var(--line); stroke-width: .7; } .axis { stroke: var(--aside); }
.line { stroke-width: 1.8; stroke-linejoin: round; } .line.teacher { stroke: var(--blue); }
.line.labels { stroke: var(--orange); stroke-dasharray: 6 3; } .line.faint { opacity: .3; stroke-width: 1; }
.line.neutral { stroke: var(--text); stroke-dasharray: 8 3 1.5 3; }
.level { stroke: var(--text); stroke-dasharray: 1.5 3.5; } .dot { fill: var(--blue); }
.interval { stroke: var(--blue); stroke-width: 8; stroke-linecap: round; opacity: .4; }
${tint('helped', 'blue')}
${tint('hurt', 'orange')}
`;
