import { readCondition } from '../../../../shared/policy/condition.js';
import { strings } from '../../../app/strings.js';
import { TextField } from '../../../ui/field.js';

const text = strings.leadEditor.condition;

interface ConditionFieldProps {
  readonly label: string;
  readonly value: string;
  /** What leaving it empty means. */
  readonly empty?: string;
  /** A rule has to be read by code; a step's condition may be words for the rep. */
  readonly isRule?: boolean;
  readonly problem?: string | undefined;
  readonly onChange: (value: string) => void;
}

/** A condition, with what code makes of it while it is typed. */
export function ConditionField(props: ConditionFieldProps) {
  const { label, value, empty, isRule = false, problem, onChange } = props;
  const read = value.trim() === '' ? null : readCondition(value);
  const wrong = read && !read.ok ? read : null;
  const hint = read === null ? empty : text.isRead;
  return (
    <TextField
      label={label}
      value={value}
      maxLength={500}
      hint={wrong && !isRule ? text.asWords(wrong.at + 1, wrong.message) : hint}
      problem={
        wrong && isRule ? text.wrong(wrong.at + 1, wrong.message) : read === null ? problem : undefined
      }
      onChange={onChange}
    />
  );
}
