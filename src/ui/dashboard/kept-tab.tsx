/** A tab that was opened stays as it was left, half-filled forms and all: out of sight, and not drawn anew until it is shown. */
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';

interface KeptTabProps {
  readonly isShown: boolean;
  readonly children: ComponentChildren;
}

export function KeptTab({ isShown, children }: KeptTabProps) {
  const shown = useRef(children);
  if (isShown) shown.current = children;
  return (
    <div class="tab" hidden={!isShown}>
      {shown.current}
    </div>
  );
}
