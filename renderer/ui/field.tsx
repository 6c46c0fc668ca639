import { useId, type HTMLInputTypeAttribute, type ReactNode } from 'react';

import './field.css';

interface FrameProps {
  readonly label: string;
  readonly hint?: string | undefined;
  /** What has to be put right first; heard with the field. */
  readonly problem?: string | undefined;
}

interface LabelledProps extends FrameProps {
  readonly children: (field: {
    readonly id: string;
    readonly 'aria-invalid': boolean;
    readonly 'aria-describedby': string | undefined;
  }) => ReactNode;
}

function Labelled({ label, hint, problem, children }: LabelledProps) {
  const id = useId();
  const note = problem ?? hint;
  return (
    <div className="field" data-problem={problem !== undefined}>
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        'aria-invalid': problem !== undefined,
        'aria-describedby': note === undefined ? undefined : `${id}-note`,
      })}
      {note !== undefined && (
        <span id={`${id}-note`} className="field-note">
          {note}
        </span>
      )}
    </div>
  );
}

interface TextProps extends FrameProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: HTMLInputTypeAttribute;
  readonly placeholder?: string;
  readonly isReadOnly?: boolean;
  readonly maxLength?: number;
}

/** One line of text, a date, an address. */
export function TextField(props: TextProps) {
  const {
    value,
    onChange,
    type = 'text',
    placeholder,
    isReadOnly = false,
    maxLength = 2000,
    ...frame
  } = props;
  return (
    <Labelled {...frame}>
      {(field) => (
        <input
          {...field}
          type={type}
          value={value}
          placeholder={placeholder}
          readOnly={isReadOnly}
          maxLength={maxLength}
          autoComplete="off"
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Labelled>
  );
}

interface AreaProps extends FrameProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly rows?: number;
  readonly isMono?: boolean;
  readonly maxLength?: number;
  /** Enter does this, and Shift+Enter begins a line. */
  readonly onEnter?: () => void;
}

/** Text of several lines. */
export function AreaField(props: AreaProps) {
  const { value, onChange, rows = 4, isMono = false, maxLength = 100_000, onEnter, ...frame } = props;
  return (
    <Labelled {...frame}>
      {(field) => (
        <textarea
          {...field}
          rows={rows}
          value={value}
          maxLength={maxLength}
          data-mono={isMono}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={(event) => {
            if (!onEnter || event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            onEnter();
          }}
        />
      )}
    </Labelled>
  );
}

interface LinesProps extends FrameProps {
  readonly value: readonly string[];
  readonly onChange: (value: string[]) => void;
  readonly rows?: number;
}

/** A list of short texts, one a line. Empty lines stay while somebody types; whoever saves takes them out. */
export function LinesField({ value, onChange, ...rest }: LinesProps) {
  return (
    <AreaField
      {...rest}
      value={value.join('\n')}
      onChange={(text) => onChange(text === '' ? [] : text.split('\n'))}
    />
  );
}

interface NumberProps extends FrameProps {
  /** Null where nothing is entered. */
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number | 'any';
}

export function NumberField({ value, onChange, min, max, step = 'any', ...frame }: NumberProps) {
  return (
    <Labelled {...frame}>
      {(field) => (
        <input
          {...field}
          type="number"
          value={value ?? ''}
          {...{ min, max, step }}
          onChange={({ target }) =>
            onChange(Number.isNaN(target.valueAsNumber) ? null : target.valueAsNumber)
          }
        />
      )}
    </Labelled>
  );
}

interface SelectProps<V extends string> extends FrameProps {
  readonly value: V;
  readonly options: readonly { readonly value: V; readonly label: string }[];
  readonly onChange: (value: V) => void;
}

/** A choice of many: the system's own list. */
export function SelectField<V extends string>({ value, options, onChange, ...frame }: SelectProps<V>) {
  return (
    <Labelled {...frame}>
      {(field) => (
        <select {...field} value={value} onChange={(event) => onChange(event.target.value as V)}>
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  );
}

interface CheckProps {
  readonly label: string;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}

export function CheckField({ label, value, onChange }: CheckProps) {
  return (
    <label className="field-check">
      <input type="checkbox" checked={value} onChange={(event) => onChange(event.target.checked)} />
      <span>{label}</span>
    </label>
  );
}
