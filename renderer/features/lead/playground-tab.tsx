import { Play, Square, Undo2 } from 'lucide-react';
import { useEffect } from 'react';

import { STAGES } from '../../../shared/domain/stages.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { AreaField, CheckField, SelectField } from '../../ui/field.js';
import { Section } from '../../ui/section.js';
import { usePlayground } from './lead-stores.js';
import { LoadedView } from './loaded-view.js';
import { PlaygroundDiff } from './playground-diff.js';
import { PlaygroundSide } from './playground-side.js';
import './playground.css';

const text = strings.playground;

/** Tries prompts on a conversation: the ones in force and the lead's own, side by side. */
export function PlaygroundTab() {
  const { prompts, conversations, conversationId, stage, isWhole, texts, before, after } = usePlayground(
    (state) => state,
  );
  const { load, choose, write, revert, run, cancel, leave } = usePlayground((state) => state);
  useEffect(() => {
    void load();
    // What nobody waits for any more must not go on costing.
    return leave;
  }, [load, leave]);
  const isRunning = before.kind === 'running' || after.kind === 'running';
  return (
    <div className="lead-page" data-wide>
      <LoadedView of={prompts} onRetry={() => void load()}>
        {(inForce) => {
          const now = inForce.find((prompt) => prompt.stage === stage);
          return (
            <>
              <p className="lead-hint">{text.intro}</p>
              <div className="playground-choice">
                <SelectField
                  label={text.conversation}
                  value={conversationId ?? ''}
                  options={conversations.map(({ id, subject, customer }) => ({
                    value: id,
                    label: `${customer.name}: ${subject}`,
                  }))}
                  {...(conversations.length === 0 ? { problem: text.noConversation } : {})}
                  onChange={(id) => choose({ conversationId: id })}
                />
                <SelectField
                  label={text.stage}
                  value={stage}
                  options={STAGES.map((value) => ({ value, label: strings.stages.name[value] }))}
                  onChange={(value) => choose({ stage: value })}
                />
                <CheckField
                  label={text.whole}
                  value={isWhole}
                  onChange={(value) => choose({ isWhole: value })}
                />
              </div>
              <AreaField
                label={`${text.yours} (${text.inForce(now?.version ?? 0)})`}
                hint={text.yoursHint}
                rows={10}
                isMono
                value={texts[stage] ?? now?.text ?? ''}
                onChange={write}
              />
              <div className="lead-foot" data-start>
                <Button
                  variant="primary"
                  icon={<Play aria-hidden />}
                  disabled={conversationId === null || isRunning}
                  onClick={() => void run()}
                >
                  {text.run}
                </Button>
                {isRunning && (
                  <Button icon={<Square aria-hidden />} onClick={() => void cancel()}>
                    {text.cancel}
                  </Button>
                )}
                {texts[stage] !== undefined && (
                  <Button variant="quiet" icon={<Undo2 aria-hidden />} onClick={revert}>
                    {text.revert}
                  </Button>
                )}
              </div>
              <div className="playground-sides">
                <Section title={text.before}>
                  <PlaygroundSide trial={before} />
                </Section>
                <Section title={text.after}>
                  <PlaygroundSide trial={after} />
                </Section>
              </div>
              <PlaygroundDiff before={before} after={after} />
            </>
          );
        }}
      </LoadedView>
    </div>
  );
}
