/**
 * A script for the helpdesk's page: what stands in the field one writes a message into that has the focus, null where none has. That is a text area
 * or an editor of the page's own; an editor in a frame of its own counts, since the text goes where the focus is. A field of one line never does: it
 * is for a search, a subject, an address, or a password that is shown.
 */
export const EDITOR_TEXT = `(() => {
  const isForMessages = (element) =>
    !['searchbox', 'combobox'].includes((element.getAttribute('role') ?? '').trim().toLowerCase());
  const textOf = (root) => {
    const element = root.activeElement;
    if (!element) return null;
    if (element.isContentEditable) return isForMessages(element) ? (element.textContent ?? '') : null;
    if (element.tagName === 'TEXTAREA')
      return element.readOnly || element.disabled || !isForMessages(element) ? null : element.value;
    if (element.shadowRoot) return textOf(element.shadowRoot);
    if (element.tagName === 'IFRAME') {
      try {
        const inside = element.contentDocument;
        if (!inside) return null;
        return inside.designMode === 'on' ? (inside.body?.textContent ?? '') : textOf(inside);
      } catch { return null; }
    }
    return null;
  };
  return textOf(document)?.slice(0, 500000) ?? null;
})()`;
