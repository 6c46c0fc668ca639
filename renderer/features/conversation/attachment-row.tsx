import { FileText, Image, Paperclip, Save } from 'lucide-react';
import { useState } from 'react';

import type { Attachment } from '../../../shared/domain/helpdesk.js';
import { strings } from '../../app/strings.js';
import { Button } from '../../ui/button.js';
import { sizeText } from '../../ui/size-text.js';
import { keyOf, untouched, useAttachments, type FileView } from './attachment-store.js';
import { mayBeImage, mayHoldText } from './file-kind.js';

const text = strings.attachments;

interface AttachmentRowProps {
  readonly messageId: string;
  readonly attachment: Attachment;
  readonly isOfCustomer: boolean;
}

/** One file, and what can be done with it by button. */
export function AttachmentRow({ messageId, attachment, isOfCustomer }: AttachmentRowProps) {
  const { id: attachmentId, name, mediaType, bytes } = attachment;
  const file = { messageId, attachmentId };
  const view = useAttachments(({ files }) => files[keyOf(file)]) ?? untouched;
  const isUsed = useAttachments(({ used }) => used.some((one) => keyOf(one) === keyOf(file)));
  const toggleImage = useAttachments((state) => state.toggleImage);
  const save = useAttachments((state) => state.save);
  const toggleUse = useAttachments((state) => state.toggleUse);
  const isBusy = view.work !== 'none';
  const action = (label: string, done: () => Promise<void>) => ({
    'aria-label': text.of(label, name),
    'aria-disabled': isBusy,
    onClick: () => void done(),
  });
  const show = view.work === 'showing' ? text.showing : view.image ? text.hide : text.show;
  const use = view.work === 'using' ? text.reading : isUsed ? text.stopUsing : text.use;
  const saving = view.work === 'saving' ? text.saving : text.save;
  return (
    <li>
      <div className="message-file-line">
        <Paperclip aria-hidden />
        <span className="message-file-name" dir="auto">
          {name}
        </span>
        <span className="message-file-kind">
          {bytes === null ? mediaType : `${mediaType}, ${sizeText(bytes)}`}
        </span>
      </div>
      <div className="message-file-actions">
        {mayBeImage(attachment) && (
          <Button variant="quiet" icon={<Image aria-hidden />} {...action(show, () => toggleImage(file))}>
            {show}
          </Button>
        )}
        {isOfCustomer && mayHoldText(attachment) && (
          <Button variant="quiet" icon={<FileText aria-hidden />} {...action(use, () => toggleUse(file))}>
            {use}
          </Button>
        )}
        <Button variant="quiet" icon={<Save aria-hidden />} {...action(saving, () => save(file))}>
          {saving}
        </Button>
      </div>
      {view.image && <ShownFile key={view.image.source.length} image={view.image} name={name} />}
      <p className="message-file-said" role="status">
        {said(view, isUsed)}
      </p>
    </li>
  );
}

/** The image in a size that fits; what the window cannot draw is said. */
function ShownFile({
  image,
  name,
}: {
  readonly image: NonNullable<FileView['image']>;
  readonly name: string;
}) {
  const [isBroken, setBroken] = useState(false);
  if (isBroken) return <p className="message-file-said">{text.brokenImage}</p>;
  const { source, width, height } = image;
  return (
    <img
      className="message-file-image"
      src={source}
      alt={text.imageOf(name)}
      width={width}
      height={height}
      onError={() => setBroken(true)}
    />
  );
}

function said({ problem, savedAs }: FileView, isUsed: boolean): string {
  if (problem) {
    // Of a file the detail is for the rep (its limit, its damage); of a helpdesk it is for whoever runs it.
    const detail = problem.code.startsWith('ATTACHMENT_') ? problem.detail : undefined;
    return `${text.problem(problem.message, detail)} ${problem.next}`;
  }
  if (savedAs !== null) return text.saved(savedAs);
  return isUsed ? text.usedMeans : '';
}
