import type { z } from 'zod';

import type { ModelProtocol } from '../../../shared/domain/model-settings.js';
import type { ChatTurn, ToolOffer } from '../chat-model.js';
import { formInstruction, schemaOf } from './json-form.js';
import type { AnswerShape } from './provider.js';

/** What a caller wants back, before it is put into the words of a provider. */
export type Wanted =
  | { readonly kind: 'text' }
  | { readonly kind: 'form'; readonly form: z.ZodType; readonly name: string }
  | { readonly kind: 'tools'; readonly tools: readonly ToolOffer[] };

/** How one provider is asked for it. `hasForms` is false for models that were found to know no structured output. */
export function shapeFor(
  wanted: Wanted,
  protocol: ModelProtocol,
  hasForms: boolean,
): { readonly shape: AnswerShape; readonly instructions: readonly ChatTurn[] } {
  const target = protocol === 'google' ? 'openapi-3.0' : 'draft-7';
  switch (wanted.kind) {
    case 'text':
      return { shape: { kind: 'text' }, instructions: [] };
    case 'form': {
      const schema = schemaOf(wanted.form, target);
      // Structured output takes objects only.
      const isNative = hasForms && schema['type'] === 'object';
      const shape = { kind: 'form', name: wanted.name, schema, isNative } as const;
      const said = [{ role: 'system', text: formInstruction(schema) }] as const;
      return { shape, instructions: isNative ? [] : said };
    }
    case 'tools': {
      const tools = wanted.tools.map(({ name, description, input }) => ({
        ...{ name, description },
        schema: schemaOf(input, target),
      }));
      return { shape: { kind: 'tools', tools }, instructions: [] };
    }
  }
}
