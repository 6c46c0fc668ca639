import './skeleton.css';

/** Grey bars in the shape of what is coming. `widths` are percentages, one bar each. */
export function Skeleton({ widths }: { readonly widths: readonly number[] }) {
  return (
    <div className="skeleton" aria-hidden="true">
      {widths.map((width, at) => (
        // The bars are alike and never move: their place is their identity.
        <span key={at} style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}
