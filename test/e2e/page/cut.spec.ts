import { type Page, expect, test } from '@playwright/test';
import { full, fullLarge, fullRunning, fullSweep, pages } from './everyPage';
import { Panel } from './panel';

const widths = Array.from({ length: 13 }, (_, i) => 400 + 100 * i);

/** What is cut on the page as it stands: a sentence for each. */
const cut = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const name = (element: Element) => {
      const text = (element.textContent ?? '').trim().slice(0, 40);
      return `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} “${text}”`;
    };
    const hides = (value: string) => value === 'hidden' || value === 'clip';
    const scrolls = (value: string) => value === 'auto' || value === 'scroll';
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) found.push(`the page: ${scrollWidth} of ${clientWidth}`);
    for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
      if (element.closest('.unseen') || element.namespaceURI?.endsWith('svg')) continue;
      const style = getComputedStyle(element);
      // There for screen readers alone.
      if (style.clipPath === 'inset(50%)') continue;
      const beyond = element.scrollWidth - element.clientWidth;
      const below = element.scrollHeight - element.clientHeight;
      if (hides(style.overflowX) && beyond > 1)
        found.push(`${name(element)} hides ${beyond} px at the right`);
      if (hides(style.overflowY) && below > 1) found.push(`${name(element)} hides ${below} px below`);
      if (scrolls(style.overflowX) && beyond > 1) {
        if (element.tabIndex < 0 && !element.querySelector('button, [tabindex="0"]'))
          found.push(`${name(element)} scrolls, and no key reaches it`);
        if (element.offsetHeight - element.clientHeight < 3)
          found.push(`${name(element)} scrolls, and has no scrollbar to see`);
      }
    }
    for (const svg of document.body.querySelectorAll('svg')) {
      const box = svg.getBoundingClientRect();
      for (const text of svg.querySelectorAll('text')) {
        const own = text.getBoundingClientRect();
        const out = [box.left - own.left, own.right - box.right, box.top - own.top, own.bottom - box.bottom];
        if (Math.max(...out) > 1.5)
          found.push(`text “${text.textContent}” leaves its picture by ${Math.max(...out).toFixed(1)} px`);
      }
      const texts = [...svg.querySelectorAll('text')].map((text) => ({
        said: text.textContent,
        box: text.getBoundingClientRect(),
      }));
      texts.forEach(({ said, box: a }, i) => {
        for (const { said: other, box: b } of texts.slice(i + 1)) {
          const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
          const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
          // A line of text has some air above and below its letters.
          if (wide > 1 && high > 4) found.push(`“${said}” lies on “${other}”`);
        }
      });
      const around = svg.parentElement!.getBoundingClientRect();
      if (box.right - around.right > 1) found.push(`${name(svg)} is wider than what is around it`);
    }
    return found;
  });

for (const [name, snapshot] of Object.entries({ full, fullRunning, fullSweep, fullLarge }))
  test(`nothing is cut on any page of ${name} from 400 to 1600 px`, async ({ page }) => {
    const panel = await Panel.open(page);
    await panel.show(snapshot());
    const found: string[] = [];
    for (const tab of pages) {
      await panel.tab(tab);
      for (const width of widths) {
        await page.setViewportSize({ width, height: 900 });
        await panel.settle();
        for (const sentence of await cut(page)) found.push(`${tab}, ${width} px: ${sentence}`);
      }
    }
    expect(found).toEqual([]);
  });
