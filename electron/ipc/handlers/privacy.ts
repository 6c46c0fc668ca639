import type { privacyRoutes, PrivacyView } from '../../../shared/contracts/ipc/privacy.js';
import type { PrivacyService } from '../../privacy/privacy-service.js';
import type { Handlers } from '../router.js';

export function privacyHandlers(
  privacy: PrivacyService,
  chooseSaveFile: (suggestedName: string) => Promise<string | null>,
): Handlers<keyof typeof privacyRoutes> {
  const view = (): PrivacyView => ({
    ...privacy.settings(),
    today: privacy.today(),
    totals: privacy.totals(),
    hosts: privacy.hosts(),
  });
  return {
    'privacy.read': view,
    'privacy.change': (change) => {
      // Zod leaves an absent key out, but its type allows undefined, which must not overwrite a setting.
      const given = Object.entries(change).filter(([, value]) => value !== undefined);
      privacy.change(Object.fromEntries(given));
      return view();
    },
    'privacy.list': ({ filter, before }) => privacy.list(filter, before),
    'privacy.detail': ({ id }) => privacy.detail(id),
    'privacy.forget': ({ conversationId }) => ({ removed: privacy.forget(conversationId) }),
    'privacy.export': async () => {
      const path = await chooseSaveFile(`ledger-${new Date().toISOString().slice(0, 10)}.jsonl`);
      return path === null ? null : { path, entries: await privacy.export(path) };
    },
  };
}
