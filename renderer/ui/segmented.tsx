import { useId } from 'react';

import './segmented.css';

interface SegmentedProps<V extends string> {
  readonly label: string;
  /** Whether only screen readers hear the label, where the place says it to the eye. */
  readonly isLabelHidden?: boolean;
  readonly value: V;
  readonly options: readonly { readonly value: V; readonly label: string }[];
  readonly onChange: (value: V) => void;
}

/** A choice of a few, all in sight: native radio buttons in one frame. */
export function Segmented<V extends string>(props: SegmentedProps<V>) {
  const { label, isLabelHidden = false, value, options, onChange } = props;
  const name = useId();
  return (
    <fieldset className="segmented">
      <legend className={isLabelHidden ? 'visually-hidden' : undefined}>{label}</legend>
      <div className="segmented-frame">
        {options.map((option) => (
          <label key={option.value} className="segmented-option">
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
