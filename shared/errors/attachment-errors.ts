/** What can go wrong with a file that hangs on a message. */
export const attachmentErrors = {
  ATTACHMENT_NOT_FOUND: {
    message: 'The helpdesk does not have this file any more.',
    next: 'Open the conversation in the helpdesk; ask the customer to send the file again if it is gone there too.',
    canRetry: false,
    exitCode: 2,
  },
  ATTACHMENT_TOO_LARGE: {
    message: 'The file is larger than can be opened here.',
    next: 'Save it, or open it in the helpdesk; ask the customer for the part that matters.',
    canRetry: false,
    exitCode: 3,
  },
  ATTACHMENT_NO_IMAGE: {
    message: 'This file is not an image that can be shown here, whatever its name says.',
    next: 'PNG, JPEG, GIF and WebP are shown. Save it and open it with a program you trust.',
    canRetry: false,
    exitCode: 3,
  },
  ATTACHMENT_KIND_UNREADABLE: {
    message: 'The text of this kind of file cannot be read here.',
    next: 'PDF, Word (.docx), text and CSV are read. Save it, or ask the customer for one of these.',
    canRetry: false,
    exitCode: 3,
  },
  ATTACHMENT_PROTECTED: {
    message: 'The file is protected by a password.',
    next: 'Ask the customer for a copy without one, or save it and open it with the password.',
    canRetry: false,
    exitCode: 3,
  },
  ATTACHMENT_WITHOUT_TEXT: {
    message: 'The file holds no text, only pictures.',
    next: 'Save it and look at it; write what matters into the conversation yourself.',
    canRetry: false,
    exitCode: 3,
  },
  ATTACHMENT_DAMAGED: {
    message: 'The file cannot be read.',
    next: 'Ask the customer to send it again, or save it and try another program.',
    canRetry: false,
    exitCode: 3,
  },
  ATTACHMENT_TOO_SLOW: {
    message: 'The file took too long to read.',
    next: 'Try again; if that does not help, save it and look at it yourself.',
    canRetry: true,
    exitCode: 5,
  },
  ATTACHMENT_NOT_OF_CUSTOMER: {
    message: 'Only files that the customer sent can be used as context.',
    next: 'Choose a file of a message that the customer wrote.',
    canRetry: false,
    exitCode: 2,
  },
  ATTACHMENT_TOO_MANY: {
    message: 'As many files are used as fit.',
    next: 'Remove one from the card, then use this one.',
    canRetry: false,
    exitCode: 2,
  },
  ATTACHMENT_NOT_SAVED: {
    message: 'The file could not be written.',
    next: 'Check the folder, its rights and the free space, or choose another place.',
    canRetry: true,
    exitCode: 5,
  },
  ATTACHMENT_NOT_KEPT: {
    message: 'The text of the file could not be kept on this computer.',
    next: 'Free some disk space and try again; the card is as it was.',
    canRetry: true,
    exitCode: 5,
  },
} as const;
