/** What each form of an item is given; `problem` is the words for a field's problem. */
export interface FormProps<T> {
  readonly value: T;
  readonly isNew: boolean;
  readonly problem: (path: string) => string | undefined;
  readonly onChange: (value: T) => void;
}
