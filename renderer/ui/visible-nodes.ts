import { visibleText } from './visible-text.js';

/** The parts of an HTML tree this file reads and writes. */
interface HtmlNode {
  type: string;
  value?: string;
  children?: HtmlNode[];
}

/** A rehype plugin that shows hiding characters of all text; goes last, since texts get longer. */
export function visibleNodes() {
  return (tree: HtmlNode): void => show(tree);
}

function show(node: HtmlNode): void {
  if (node.type === 'text' && node.value !== undefined) node.value = visibleText(node.value);
  node.children?.forEach(show);
}
