import { CircleAlert, CircleCheck, LoaderCircle, TriangleAlert } from 'lucide-react';

import { assertNever } from '../../../shared/lib/assert-never.js';
import { strings } from '../../app/strings.js';
import './knowledge.css';
import { useKnowledge } from './knowledge-store.js';

const text = strings.knowledge;

/** What the index is doing, in one honest line. */
export function KnowledgeStatusLine() {
  const status = useKnowledge((state) => state.status);
  switch (status.state) {
    case 'opening':
      return (
        <p className="index-status" data-state={status.state}>
          <LoaderCircle aria-hidden className="spin" />
          {text.status.opening}
        </p>
      );
    case 'indexing':
      return (
        <p className="index-status" data-state={status.state}>
          <LoaderCircle aria-hidden className="spin" />
          {text.status.indexing(status.done, status.total)}
          <progress
            aria-label={text.progress}
            {...(status.total > 0 ? { max: status.total, value: status.done } : {})}
          />
        </p>
      );
    case 'ready':
      if (status.changeProblem) {
        const { message, next } = status.changeProblem;
        return (
          <p className="index-status" data-state="change_waits" title={`${message} ${next}`}>
            <TriangleAlert aria-hidden />
            {text.status.changeWaits}: {message}
          </p>
        );
      }
      return (
        <p className="index-status" data-state={status.state}>
          <CircleCheck aria-hidden />
          {text.status.ready(status.articles, status.chunks)}
        </p>
      );
    case 'lexical_only':
      return (
        <p className="index-status" data-state={status.state} title={status.reason}>
          <TriangleAlert aria-hidden />
          {text.status.lexical_only}: {status.reason}
        </p>
      );
    case 'failed':
      return (
        <p className="index-status" data-state={status.state} title={`${status.message} ${status.next}`}>
          <CircleAlert aria-hidden />
          {text.status.failed}: {status.message} {status.next}
        </p>
      );
    default:
      return assertNever(status, 'status');
  }
}
