import type { Element, ElementContent } from 'hast';
import { toText } from 'hast-util-to-text';
import rehypeParse from 'rehype-parse';
import { unified } from 'unified';

const parser = unified().use(rehypeParse, { fragment: true }).freeze();

/** Hidden from whoever reads the mail, so nothing a customer said; a way to slip words to an assistant. */
const HIDDEN_STYLE =
  /(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0*)?\s*(?:;|$)|font-size\s*:\s*0)/iu;
const DROPPED = new Set(
  'script style noscript template svg iframe object embed form input select textarea'.split(' '),
);
/** Parsers recurse; real mails are below two hundred. */
const DEEPEST = 500;

/**
 * The text of an HTML message as its reader sees it: blocks as lines, table cells apart, nothing of scripts, styles and hidden parts.
 * A link whose words differ from its target is followed by the target in full, so that nothing hides behind words. Images are named by
 * their alternative text. Nested too deeply, the tags are cut out instead.
 */
export function htmlToText(html: string): string {
  if (nesting(html) > DEEPEST)
    return html
      .replace(/<[^>]*>/gu, ' ')
      .replace(/\s+/gu, ' ')
      .trim();
  const root = parser.parse(html);
  return tidy(
    toText({ ...root, children: clean(root.children as ElementContent[]) }, { whitespace: 'normal' }),
  );
}

function clean(nodes: readonly ElementContent[]): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (node.type !== 'element') return node.type === 'text' ? [node] : [];
    if (isHidden(node)) return [];
    if (node.tagName === 'img') return named(node.properties['alt']);
    const children = clean(node.children);
    const target = node.tagName === 'a' ? targetOf(node) : null;
    const shown = target === null ? '' : toText({ type: 'root', children }).trim();
    return [
      {
        ...node,
        children:
          target === null ||
          shown === target ||
          shown === target.replace(/^(?:https?:\/\/|mailto:|tel:)/u, '')
            ? children
            : [...children, { type: 'text', value: ` (${target})` }],
      },
    ];
  });
}

function isHidden({ tagName, properties }: Element): boolean {
  const style = properties['style'];
  return (
    DROPPED.has(tagName) ||
    properties['hidden'] !== undefined ||
    (typeof style === 'string' && HIDDEN_STYLE.test(style))
  );
}

const named = (alt: unknown): ElementContent[] =>
  typeof alt === 'string' && alt.trim() !== '' ? [{ type: 'text', value: `[${alt.trim()}]` }] : [];

/** Where a link leads; null where it leads nowhere outside the message. */
function targetOf({ properties }: Element): string | null {
  const href = properties['href'];
  return typeof href === 'string' && !href.startsWith('#') && href.trim() !== '' ? href.trim() : null;
}

/** How deep start tags pile up at most; a rough count from above, since closing tags may be left out. */
function nesting(html: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [, slash] of html.matchAll(
    /<(\/?)(?:div|table|tr|td|blockquote|span|font|b|i|p|ul|ol|li)\b/giu,
  )) {
    depth = slash === '/' ? Math.max(0, depth - 1) : depth + 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

const tidy = (text: string): string =>
  text
    .replace(/[ \t\u00a0]+\n/gu, '\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();
