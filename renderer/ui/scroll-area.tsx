import type { ComponentPropsWithRef } from 'react';

interface ScrollAreaProps extends ComponentPropsWithRef<'div'> {
  readonly role: 'group' | 'list';
  readonly 'aria-label': string;
}

/** A named part that scrolls by itself. It takes the focus, since without that the keyboard could not scroll it. */
export function ScrollArea({ children, ...rest }: ScrollAreaProps) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- see above
    <div tabIndex={0} {...rest}>
      {children}
    </div>
  );
}
