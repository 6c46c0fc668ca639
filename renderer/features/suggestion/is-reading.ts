/** Whether the rep is in the reply just now: has words of it selected, or a verdict open. A model's reply then waits beside it. */
export function isReadingReply(page: Document): boolean {
  if (page.querySelector('.verdict')) return true;
  const selection = page.getSelection();
  if (!selection || selection.isCollapsed) return false;
  const { anchorNode } = selection;
  const element = anchorNode instanceof Element ? anchorNode : anchorNode?.parentElement;
  return element?.closest('.reply-text') != null;
}
