/** The frame around a value, which follows it when the page is scrolled. */
import { useEffect, useRef } from 'preact/hooks';
import type { Choice } from './choice.ts';

export function Outline({ choice }: { readonly choice: Choice }) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = (): void => {
      const box = choice.box();
      const style = frame.current?.style; // gone while the overlay is being taken away
      if (!style) return;
      style.display = box ? 'block' : 'none';
      for (const side of ['left', 'top', 'width', 'height'] as const) if (box) style[side] = `${box[side]}px`;
    };
    place();
    addEventListener('scroll', place, { capture: true, passive: true });
    addEventListener('resize', place, { passive: true });
    return () => {
      removeEventListener('scroll', place, { capture: true });
      removeEventListener('resize', place);
    };
  }, [choice]);
  return <div class="outline" ref={frame} />;
}
