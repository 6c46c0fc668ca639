import { extensionPaths, readPairingCode } from '../shared/contracts/browser-extension.js';
import { say } from './app-link.js';
import { createKeeper, NOT_PAIRED, type KeptState, type LinkStatus } from './kept-state.js';

const keeper = createKeeper(chrome.storage);
const words: Record<LinkStatus, string> = {
  never: 'Not connected.',
  connected: 'Connected.',
  unreachable: 'Cuecard does not answer. Start it, and turn the browser extension on in its settings.',
  refused: 'What answers here does not know this code. Copy the new one from Cuecard’s settings.',
  other_extension:
    'Cuecard is paired with another browser. Choose “Forget pairing” in its settings, then copy the new code.',
};

const element = <E extends HTMLElement>(id: string, kind: new () => E): E => {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page has no ${id}.`);
  return found;
};
const code = element('code', HTMLInputElement);
const isOn = element('on', HTMLInputElement);
const status = element('status', HTMLParagraphElement);
const problem = element('problem', HTMLParagraphElement);
const places = element('places', HTMLUListElement);

function show(state: KeptState): void {
  const isPaired = state.pairing !== null;
  const isResting = isPaired && !state.isOn && state.status === 'connected';
  status.textContent = isResting ? 'Connected, and turned off.' : words[state.status];
  status.dataset['status'] = isResting ? 'never' : state.status;
  element('connected', HTMLElement).hidden = !isPaired;
  isOn.checked = state.isOn;
  const names =
    state.origins.length === 0 ? ['None: no helpdesk is connected in Cuecard yet.'] : state.origins;
  places.replaceChildren(
    ...names.map((name) => {
      const row = document.createElement('li');
      row.textContent = name;
      return row;
    }),
  );
}

/** Presents the extension to the app the code belongs to. A code that is refused changes nothing that worked before. */
async function pair(pasted: string): Promise<void> {
  const pairing = readPairingCode(pasted);
  if (!pairing) {
    problem.textContent = 'This is no pairing code. Copy it again; it begins with “cuecard-”.';
    return;
  }
  const said = await say(pairing, extensionPaths.pair);
  if (said.status !== 'connected') {
    problem.textContent = words[said.status === 'not_now' ? 'unreachable' : said.status];
    return;
  }
  code.value = '';
  problem.textContent = '';
  await keeper.write({ ...said, pairing, isOn: true, askedAt: Date.now() });
}

async function tryAgain(): Promise<void> {
  const { pairing } = await keeper.read();
  if (!pairing) return;
  const said = await say(pairing, extensionPaths.origins);
  if (said.status !== 'not_now') await keeper.write({ ...said, askedAt: Date.now() });
}

element('pair', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  void pair(code.value);
});
code.addEventListener('input', () => (problem.textContent = ''));
isOn.addEventListener('change', () => void keeper.write({ isOn: isOn.checked }));
element('again', HTMLButtonElement).addEventListener('click', () => void tryAgain());
element('forget', HTMLButtonElement).addEventListener('click', () => void keeper.write(NOT_PAIRED));
chrome.storage.onChanged.addListener((_, area) => {
  if (area === 'local') void keeper.read().then(show);
});
void keeper.read().then(show);
void tryAgain();
