/** The helpdesk's own web app inside the window; a part of `strings`. */
export const viewStrings = {
  view: {
    title: 'Helpdesk',
    open: 'Show the helpdesk here',
    close: 'Close the helpdesk',
    back: 'Back',
    reload: 'Load again',
    loading: 'Loading…',
    blocked: (origin: string) => `The page wants to go to ${origin}.`,
    blockedNext:
      'Only the helpdesk itself opens here. Allow it if that is where you sign in; it holds for this helpdesk until you take it back.',
    allowed: 'Places the page may go to besides',
    allowedWhat: 'You allowed these for signing in to this helpdesk:',
    forgetAllowed: 'Allow none of them',
    split: 'Width of the card beside the helpdesk',
    allow: (origin: string) => `Allow ${origin}`,
    problem: 'The page could not be loaded.',
    openPage: 'Open in the helpdesk',
    noRoom: 'There is no room for it here, so its link is on the clipboard. Paste it into the browser.',
    notHere: 'It has no page that opens here, so its link is on the clipboard. Paste it into the browser.',
    notOpen: 'The helpdesk’s own pages are not open. G V opens them.',
    none: 'Connect a helpdesk first.',
    narrow: 'There is no room for it here. Switch to the full layout.',
    insert: 'Put the reply into the page',
    inserted: 'Inserted into the helpdesk. Send it there.',
    inComposer: 'Reply inserted here. F8 or Ctrl+Enter puts it into the helpdesk’s page.',
    already:
      'The page’s text field holds it already, so nothing was put in. Press again to put it in once more.',
    stillWriting: 'The reply is not ready yet. Press again when the card is.',
    otherShown: 'The helpdesk’s page shows another conversation than the card, so nothing was put in.',
    noEditor: 'No text field of the helpdesk has the focus, so the reply is on the clipboard.',
    otherConversation:
      'The helpdesk’s page shows another conversation, or none, so the reply is on the clipboard.',
  },
};
