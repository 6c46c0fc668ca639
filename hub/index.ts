/** What the command line takes of the hub, in one place, so that it is loaded in one piece and by that command only. */
export { describeConfig, readHubConfig } from './config.js';
export { startHub } from './start-hub.js';
