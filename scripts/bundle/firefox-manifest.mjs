/** Firefox knows an extension by it when it is signed; never another one. */
const ID = '{6d3c1f7a-52e8-4b0e-9a41-8c7be2f0d915}';

/**
 * The manifest for Firefox, made of that for Chromium's kin.
 *
 * Firefox runs the worker's code as an event page (`background.scripts`) and refuses `service_worker`; it wants an id, and says at the
 * installation what leaves the browser (developer.mozilla.org, manifest.json: background, browser_specific_settings).
 *
 * @param {Record<string, any>} manifest
 * @returns {Record<string, unknown>}
 */
export function firefoxManifest(manifest) {
  const { background, ...rest } = manifest;
  delete rest['minimum_chrome_version'];
  return {
    ...rest,
    background: { scripts: [background['service_worker']] },
    browser_specific_settings: {
      gecko: {
        id: ID,
        // The first that asks about what leaves the browser.
        strict_min_version: '140.0',
        // Addresses of pages go to the app on this computer.
        data_collection_permissions: { required: ['browsingActivity'] },
      },
    },
  };
}
