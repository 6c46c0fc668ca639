import { Lock, TriangleAlert } from 'lucide-react';
import { useRef, type ReactNode } from 'react';

import { MarkedWords, wordsOf } from '../features/suggestion/marked-words.js';
import { Button } from '../ui/button.js';
import { Callout } from '../ui/callout.js';
import { Dialog } from '../ui/dialog.js';
import { useGuard, type GuardChoice, type GuardQuestion } from './guard-store.js';
import { strings } from './strings.js';

type Asked<K extends GuardQuestion['kind']> = Extract<GuardQuestion, { kind: K }>;

/** Asks before something goes where a customer may read it. The way back has the focus: Enter alone lets nothing out. */
export function GuardDialog() {
  const question = useGuard((state) => state.question);
  if (!question) return null;
  switch (question.kind) {
    case 'internal':
      return <InternalQuestion question={question} />;
    case 'unsupported':
      return <UnsupportedQuestion question={question} />;
  }
}

function InternalQuestion({ question }: { readonly question: Asked<'internal'> }) {
  const choose = useGuard((state) => state.choose);
  const text = strings.internal;
  return (
    <Held title={text.title} cancel={text.cancel} keys={{ y: 'proceed' }}>
      {{
        about: (
          <>
            <Callout tone="warn" icon={<Lock aria-hidden />} title={text.body}>
              <ul>
                {question.titles.map((title) => (
                  <li key={title}>{title}</li>
                ))}
              </ul>
            </Callout>
            <p>{text.ask[question.how]}</p>
          </>
        ),
        ways: (
          <Button variant="danger" keyHint="Y" onClick={() => choose('proceed')}>
            {text.proceed[question.how]}
          </Button>
        ),
      }}
    </Held>
  );
}

function UnsupportedQuestion({ question: { how, sentences } }: { readonly question: Asked<'unsupported'> }) {
  const choose = useGuard((state) => state.choose);
  const text = strings.gate;
  return (
    <Held title={text.title} cancel={text.cancel} keys={{ x: 'without', e: 'edit', y: 'proceed' }}>
      {{
        about: (
          <>
            <Callout tone="bad" icon={<TriangleAlert aria-hidden />} title={text.body(sentences.length)}>
              <ul className="gate-sentences">
                {sentences.map(({ sentence, verdict }) => (
                  <li key={sentence.id} data-sentence={sentence.id}>
                    <q dir="auto">
                      <MarkedWords text={sentence.text} spans={wordsOf(verdict.issues)} />
                    </q>
                    {verdict.issues.map(({ kind, message }) => (
                      <span key={`${kind} ${message}`} className="gate-finding">
                        {message}
                      </span>
                    ))}
                  </li>
                ))}
              </ul>
            </Callout>
            <p>{text.ask}</p>
          </>
        ),
        ways: (
          <>
            <Button variant="primary" keyHint="X" onClick={() => choose('without')}>
              {text.without[how]}
            </Button>
            <Button keyHint="Y" title={text.recorded} onClick={() => choose('proceed')}>
              {text.anyway[how]}
            </Button>
            <Button keyHint="E" onClick={() => choose('edit')}>
              {text.edit}
            </Button>
          </>
        ),
      }}
    </Held>
  );
}

interface HeldProps {
  readonly title: string;
  readonly cancel: string;
  readonly keys: Readonly<Record<string, GuardChoice>>;
  readonly children: { readonly about: ReactNode; readonly ways: ReactNode };
}

function Held({ title, cancel, keys, children: { about, ways } }: HeldProps) {
  const choose = useGuard((state) => state.choose);
  const dismiss = useGuard((state) => state.dismiss);
  const leave = useRef<HTMLButtonElement>(null);
  return (
    <Dialog title={title} closeLabel={strings.app.close} onClose={dismiss} initialFocus={leave}>
      {/* The keys belong to the question as a whole, not to one of its buttons. */}
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        className="guard"
        onKeyDown={(event) => {
          const choice = keys[event.key.toLowerCase()];
          if (!choice || event.repeat || event.ctrlKey || event.metaKey) return;
          // What the key leads to may take the focus into a text field, which must not get the letter.
          event.preventDefault();
          choose(choice);
        }}
      >
        {about}
        <div className="guard-foot" data-ways={Object.keys(keys).length}>
          <Button ref={leave} onClick={dismiss}>
            {cancel}
          </Button>
          {ways}
        </div>
      </div>
    </Dialog>
  );
}
