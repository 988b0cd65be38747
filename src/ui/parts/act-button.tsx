/** A button that stands in several rows: the eye sees its row, the ear is told of what it speaks. */
import type { ComponentProps } from 'preact';
import { isolated } from '../../i18n/isolated.ts';
import type { Words } from '../../i18n/words.ts';

interface ActButtonProps extends Pick<ComponentProps<'button'>, 'class' | 'disabled' | 'aria-expanded' | 'onClick'> {
  readonly words: Words;
  readonly text: string;
  /** The bill, the channel, the site. */
  readonly of: string;
}

export function ActButton({ words, text, of, ...button }: ActButtonProps) {
  return (
    <button type="button" aria-label={words.say('actionOf', text, isolated(of))} {...button}>
      {text}
    </button>
  );
}
