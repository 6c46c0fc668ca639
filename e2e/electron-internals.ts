/** What Electron tells about a window's web preferences; it is there in every version and in no type declaration. */
export interface WithPreferences {
  getLastWebPreferences(): {
    readonly sandbox?: boolean;
    readonly contextIsolation?: boolean;
    readonly nodeIntegration?: boolean;
    readonly webviewTag?: boolean;
    readonly webSecurity?: boolean;
  };
}
