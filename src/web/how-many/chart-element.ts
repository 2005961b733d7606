// The server's drawing as an element of this page. Only what a chart is made of is taken in: whatever words a source holds,
// they can become text and nothing else.
import { parsedDrawing } from '../../ui/trusted-types.ts';

const ELEMENTS = new Set([
  'svg',
  'g',
  'a',
  'title',
  'desc',
  'text',
  'tspan',
  'line',
  'path',
  'rect',
  'circle',
]);
const ATTRIBUTES =
  /^(?:id|class|role|aria-[a-z]+|data-(?:mark|series)|x|y|x1|x2|y1|y2|cx|cy|r|rx|ry|dx|dy|d|width|height|viewBox|transform|fill|fill-opacity|stroke|stroke-[a-z]+|opacity|font-[a-z]+|text-anchor|direction|pointer-events|href)$/;

/** The chart as an element, or null when it is not well formed. Links lead nowhere but below `base`. */
export function chartElement(svg: string, base: string): SVGElement | null {
  const parsed = parsedDrawing(svg);
  if (parsed.documentElement.localName !== 'svg') return null;
  const chart = document.importNode(parsed.documentElement, true) as unknown as SVGElement;
  for (const element of [chart, ...chart.querySelectorAll('*')]) {
    if (!ELEMENTS.has(element.localName)) {
      element.remove();
      continue;
    }
    for (const { name, value } of [...element.attributes]) {
      const isFine = name === 'href' ? value.startsWith(base) : ATTRIBUTES.test(name) || name === 'xmlns';
      if (!isFine) element.removeAttribute(name);
    }
  }
  // It is as wide as the page gives it; its height follows.
  chart.removeAttribute('width');
  chart.removeAttribute('height');
  return chart;
}
