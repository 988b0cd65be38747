/** A table that stands as cards where there is no room for its columns: each value then has its column's name before it. */
import type { ComponentChildren } from 'preact';

interface TableProps {
  /** Of the columns, as they are headed. */
  readonly names: readonly string[];
  /** `cards` of the stylesheet when left out. */
  readonly class?: string;
  readonly children: ComponentChildren;
}

export function Table({ names, class: of = 'cards', children }: TableProps) {
  // The stylesheet writes them before the values: `content: var(--column-2)`.
  const columns = Object.fromEntries(names.map((name, n) => [`--column-${n + 1}`, JSON.stringify(name)]));
  return (
    <table class={of} style={columns}>
      <thead>
        <tr>
          {names.map((name, n) => (
            <th scope="col" key={n}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
