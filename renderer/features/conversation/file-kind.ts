import type { Attachment } from '../../../shared/domain/helpdesk.js';

const IMAGE_TYPE = /^image\/(?:png|jpe?g|gif|webp|\*)$/iu;
const IMAGE_NAME = /\.(?:png|jpe?g|gif|webp)$/iu;
const TEXT_TYPE =
  /^(?:application\/pdf|application\/vnd\.openxmlformats-officedocument\.wordprocessingml\.document|text\/(?:plain|csv))(?:;|$)/iu;
const TEXT_NAME = /\.(?:pdf|docx|txt|text|csv|tsv|log|md)$/iu;

/** Whether it may be an image that is shown. Type and name are the sender's word: main looks at the bytes. */
export const mayBeImage = ({ mediaType, name }: Attachment): boolean =>
  IMAGE_TYPE.test(mediaType) || IMAGE_NAME.test(name);

/** Whether it may hold text that is read; again main has the last word. */
export const mayHoldText = ({ mediaType, name }: Attachment): boolean =>
  TEXT_TYPE.test(mediaType) || TEXT_NAME.test(name);
