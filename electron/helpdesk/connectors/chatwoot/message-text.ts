import { z } from 'zod';

import { htmlToText } from '../html-to-text.js';
import type { CwFile, CwMessage } from './answers.js';

const Part = z.object({ full: z.string().nullish(), reply: z.string().nullish() }).nullish();
const Known = z.object({
  /** A mail: Chatwoot puts what is new in it into `content`, which stays empty when it finds nothing new. */
  email: z.object({ text_content: Part, html_content: Part }).nullish().catch(null),
  /** Choices, cards and fields that were offered. */
  items: z
    .array(z.object({ title: z.string().nullish(), description: z.string().nullish() }))
    .nullish()
    .catch(null),
  /** What the customer chose or filled in: a list, or the answer to a survey. */
  submitted_values: z
    .union([
      z.array(
        z.object({ title: z.string().nullish(), name: z.string().nullish(), value: z.string().nullish() }),
      ),
      z.object({
        csat_survey_response: z.object({
          rating: z.number().nullish(),
          feedback_message: z.string().nullish(),
        }),
      }),
    ])
    .nullish()
    .catch(null),
  submitted_email: z.string().nullish().catch(null),
});

/** All words of a message: its content, what it offered, what was answered, and the places and contacts that came as attachments. */
export function textOf({ content, content_attributes: attributes, attachments }: CwMessage): string {
  const known = Known.parse(attributes ?? {});
  const { text_content: plain, html_content: html } = known.email ?? {};
  const mail = plain?.full ?? plain?.reply ?? htmlToText(html?.full ?? html?.reply ?? '');
  const said = (content ?? '').trim() === '' ? mail : (content ?? '');
  const offered = (known.items ?? []).map(({ title, description }) =>
    [title ?? '', description ?? ''].filter((words) => words !== '').join(': '),
  );
  return [
    said,
    ...offered.filter((line) => line !== '').map((line) => `- ${line}`),
    ...answersIn(known),
    ...(attachments ?? []).flatMap(placeOrContact),
  ]
    .join('\n')
    .replace(/\r\n?/gu, '\n')
    .trim();
}

function answersIn({ submitted_values: values, submitted_email: email }: z.infer<typeof Known>): string[] {
  const answers = Array.isArray(values)
    ? values.map(({ title, name, value }) => [title ?? name ?? '', value ?? ''])
    : [
        ['Rating', String(values?.csat_survey_response.rating ?? '')],
        ['Feedback', values?.csat_survey_response.feedback_message ?? ''],
      ];
  return [...answers, ['Email', email ?? '']].flatMap(([name = '', value = '']) =>
    value === '' || value === name
      ? value === ''
        ? []
        : [`> ${value}`]
      : [`> ${name === '' ? '' : `${name}: `}${value}`],
  );
}

/** Attachments that are no files. */
function placeOrContact({
  file_type: type,
  fallback_title: title,
  coordinates_lat: lat,
  coordinates_long: long,
}: CwFile): string[] {
  if (type === 'location') return [`[location ${title ?? ''} ${String(lat ?? '')}, ${String(long ?? '')}]`];
  if (type === 'contact') return [`[contact ${title ?? ''}]`];
  return [];
}
