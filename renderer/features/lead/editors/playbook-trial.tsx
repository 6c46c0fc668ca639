import type { Playbook } from '../../../../shared/domain/playbook.js';
import { withTicks } from '../../../../shared/playbook/with-ticks.js';
import { strings } from '../../../app/strings.js';
import { Chip, type Tone } from '../../../ui/chip.js';
import { problemsOf, tidied } from '../check-item.js';
import { isSameContent } from '../items.js';
import { useTrial } from '../lead-stores.js';
import { useTeamNames } from '../team-names.js';
import { TrialFacts, TrialFrame } from './trial-frame.js';

const text = strings.leadEditor.trial;
const states = strings.playbook.state;
const tones: Record<keyof typeof states, Tone> = { done: 'good', open: 'accent', not_needed: 'neutral' };

/** The steps as a card would show them. */
export function PlaybookTrialView({ playbook }: { readonly playbook: Playbook }) {
  const outcome = useTrial((state) => state.outcome);
  const tryPlaybook = useTrial((state) => state.tryPlaybook);
  const { intents } = useTeamNames();
  const content = tidied({ kind: 'playbook', playbook });
  const whole = content.kind === 'playbook' ? content.playbook : playbook;
  const isWhole = Object.keys(problemsOf(content)).length === 0;
  const shown = outcome.kind === 'playbook' && isSameContent(outcome.of, whole) ? outcome.outcome : null;
  const own = intents.find(({ id }) => id === whole.intent)?.name;
  return (
    <TrialFrame isWhole={isWhole} onTry={() => tryPlaybook(whole)}>
      {shown?.kind === 'untried' && <p>{shown.message}</p>}
      {shown?.kind === 'tried' && (
        <>
          <p>
            {text.about(shown.intentName)} {own !== undefined && own !== shown.intentName && text.otherIntent}
          </p>
          <ol className="lead-trial-steps" aria-label={text.steps}>
            {withTicks(shown.progress, []).map(({ id, words, state, detail, toJudge }) => (
              <li key={id} data-state={state}>
                <Chip tone={tones[state]}>{states[state]}</Chip> {words}
                {toJudge !== null && <em> {strings.playbook.onlyIf(toJudge)}</em>}
                {detail !== '' && <span className="lead-trial-detail"> {detail}</span>}
              </li>
            ))}
          </ol>
          <TrialFacts facts={shown.facts} />
        </>
      )}
    </TrialFrame>
  );
}
