import type { Element, ElementContent, Nodes, Root } from 'hast';
import rehypeParse from 'rehype-parse';
import rehypeRemark from 'rehype-remark';
import { unified } from 'unified';

import { UnreadableFile } from './failure-reason.js';
import { markdownOf } from './markdown-text.js';

/** An HTML page as an article needs it. */
export interface HtmlPage {
  readonly markdown: string;
  /** Of `<title>`, else null. */
  readonly title: string | null;
  /** Of the first heading of the content, else null. */
  readonly heading: string | null;
  /** `lang` of the page. */
  readonly language: string | null;
  readonly canonical: string | null;
  /** Contents of `<meta>` by name or property, lower case. */
  readonly meta: Readonly<Record<string, string>>;
}

const parser = unified().use(rehypeParse).freeze();
const converter = unified().use(rehypeRemark).freeze();

/** Never part of what a page says. */
const DROPPED = new Set(
  'script style noscript template svg canvas iframe object embed nav aside form button input select textarea dialog'.split(
    ' ',
  ),
);
/** Around the content of a page; inside an article a header holds its heading. */
const PAGE_FRAME = new Set(['header', 'footer']);

/** Parsers and writers recurse; real pages are below a hundred. */
const DEEPEST = 1000;

/**
 * Turns HTML into Markdown: the main content where the page names it, tables as tables, links kept; scripts, styles,
 * navigation and hidden parts are dropped.
 * @throws UnreadableFile when it is nested too deeply.
 */
export function readHtml(html: string): HtmlPage {
  refuseDeepNesting(html);
  const root = parser.parse(html);
  const page: { title: string | null; language: string | null; canonical: string | null } = {
    title: null,
    language: null,
    canonical: null,
  };
  const meta: Record<string, string> = {};
  visit(root, (element) => {
    const { tagName, properties } = element;
    if (tagName === 'html' && typeof properties['lang'] === 'string') page.language = properties['lang'];
    if (tagName === 'title') page.title ??= textOf(element) || null;
    if (tagName === 'link' && String(properties['rel']) === 'canonical')
      page.canonical = String(properties['href'] ?? '') || null;
    const name = properties['name'] ?? properties['property'];
    if (tagName === 'meta' && typeof name === 'string' && typeof properties['content'] === 'string') {
      meta[name.toLowerCase()] = properties['content'];
    }
  });
  const main = findMain(root);
  const content: Root = { type: 'root', children: clean(main.children, main === root) };
  let heading: string | null = null;
  visit(content, (element) => {
    if (/^h[12]$/.test(element.tagName)) heading ??= textOf(element) || null;
  });
  const markdown = converter.runSync(content);
  return { ...page, heading, meta, markdown: markdownOf(markdown).trim() + '\n' };
}

/** `<main>`, else the only `<article>`, else all of it. */
function findMain(root: Root): Root | Element {
  const mains: Element[] = [];
  const articles: Element[] = [];
  visit(root, (element) => {
    if (element.tagName === 'main' || element.properties['role'] === 'main') mains.push(element);
    if (element.tagName === 'article') articles.push(element);
  });
  if (mains[0]) return mains[0];
  return articles.length === 1 && articles[0] ? articles[0] : root;
}

function clean(children: readonly Nodes[], isPage: boolean): ElementContent[] {
  return children.flatMap((node): ElementContent[] => {
    if (node.type === 'text') return [node];
    if (node.type !== 'element') return [];
    const { tagName, properties } = node;
    if (DROPPED.has(tagName) || tagName === 'head') return [];
    if (isPage && PAGE_FRAME.has(tagName)) return [];
    if (properties['hidden'] !== undefined || properties['ariaHidden'] === 'true') return [];
    // A picture inside the page's text (data:) would be kilobytes of letters.
    if (tagName === 'img' && String(properties['src'] ?? '').startsWith('data:')) return [];
    const children = clean(node.children, isPage && tagName !== 'article');
    return [withHeader({ ...node, children })];
  });
}

/** Markdown tables have a header: where the page marks none, it is the first row. */
function withHeader(element: Element): Element {
  if (element.tagName !== 'table') return element;
  const parts: Element[] = [];
  visit(element, (part) => parts.push(part));
  if (parts.some(({ tagName }) => tagName === 'th')) return element;
  const firstRow = parts.find(({ tagName }) => tagName === 'tr');
  for (const cell of firstRow?.children ?? []) if (cell.type === 'element') cell.tagName = 'th';
  return element;
}

function visit(node: Nodes, see: (element: Element) => unknown): void {
  if (node.type === 'element') see(node);
  if ('children' in node) for (const child of node.children) visit(child, see);
}

function textOf(node: Nodes): string {
  if (node.type === 'text') return node.value;
  return 'children' in node ? node.children.map(textOf).join('').replace(/\s+/g, ' ').trim() : '';
}

/** Elements whose end tag is left out every day close themselves. */
const CLOSED_BY_THEMSELVES = new Set(
  'p li dt dd tr td th thead tbody tfoot option colgroup rt rp html head body area base br col embed hr img input link meta source track wbr'.split(
    ' ',
  ),
);

function refuseDeepNesting(html: string): void {
  let depth = 0;
  for (const [, isEnd, name = '', isVoid] of html.matchAll(/<(\/)?([a-z][a-z0-9]*)[^<>]*?(\/)?>/gi)) {
    if (CLOSED_BY_THEMSELVES.has(name.toLowerCase()) || isVoid) continue;
    depth = Math.max(0, depth + (isEnd ? -1 : 1));
    if (depth > DEEPEST) throw new UnreadableFile(`It is nested more than ${String(DEEPEST)} levels deep.`);
  }
}
