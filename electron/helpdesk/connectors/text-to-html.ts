/** Text as the HTML of a message: blank lines part paragraphs, nothing of the text is taken for a tag. */
export const textToHtml = (text: string): string =>
  text
    .replace(/\r\n?/gu, '\n')
    .split(/\n{2,}/u)
    .map((paragraph) => `<p>${escaped(paragraph).replace(/\n/gu, '<br>')}</p>`)
    .join('');

const escaped = (text: string): string =>
  text.replace(/&/gu, '&amp;').replace(/</gu, '&lt;').replace(/>/gu, '&gt;');
