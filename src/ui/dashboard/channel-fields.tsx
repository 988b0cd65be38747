/** The fields of one service: label, an example, what is stored already, and what is wrong. */
import { useState } from 'preact/hooks';
import type { ChannelView } from '../../app/channels-view.ts';
import { FIELDS, type Field, type FieldCode } from '../../core/channel/fields.ts';
import type { ServiceId } from '../../core/channel/setting.ts';
import type { Words } from '../../i18n/words.ts';
import { useOwnId } from '../parts/own-id.ts';

interface ChannelFieldsProps {
  readonly service: ServiceId;
  readonly channel: ChannelView | null;
  readonly mistakes: Readonly<Record<string, FieldCode>>;
  readonly words: Words;
}

/** What most people never touch, by service; the rest of the optional fields is asked for openly. */
const RARE: Readonly<Partial<Record<ServiceId, readonly string[]>>> = {
  bark: ['seal'],
  ntfy: ['token'],
  webhook: ['authorization', 'success'],
  apprise: ['server', 'tag'],
};

export function ChannelFields(props: ChannelFieldsProps) {
  const { service, mistakes, words } = props;
  const isRare = ({ name, preset }: Field): boolean => preset !== undefined || RARE[service]?.includes(name) === true;
  const fields = FIELDS[service];
  const rare = fields.filter(isRare);
  return (
    <>
      {fields
        .filter((field) => !isRare(field))
        .map((field) => (
          <ChannelField key={field.name} {...props} field={field} />
        ))}
      {rare.length > 0 && (
        <details open={rare.some(({ name }) => mistakes[name] !== undefined) || undefined}>
          <summary>{words.say('channelMore')}</summary>
          {rare.map((field) => (
            <ChannelField key={field.name} {...props} field={field} />
          ))}
        </details>
      )}
    </>
  );
}

function ChannelField({ field, service, channel, mistakes, words }: ChannelFieldsProps & { readonly field: Field }) {
  const id = useOwnId();
  const { name, kind, isRequired, isSecret, example, preset, choices } = field;
  const [isForgotten, setForgotten] = useState(false);
  const stored = channel?.values[name] ?? '';
  const isKept = isSecret && stored !== '';
  const mistake = mistakes[name];
  const hint = isKept
    ? words.say('channelKept', stored)
    : preset || !example
      ? null
      : words.say('channelExample', example);
  const shared = {
    id,
    name,
    'aria-invalid': mistake !== undefined,
    'aria-describedby': `${id}-hint${mistake ? ` ${id}-mistake` : ''}`,
    spellcheck: false,
    autocomplete: 'off',
    maxLength: 4000,
  };
  const typed = isSecret ? '' : stored || (preset ?? '');
  return (
    <div class="field">
      <label for={id}>{words.serviceField(service, name)}</label>
      {choices ? (
        <select id={id} name={name} defaultValue={typed}>
          {choices.map((choice) => (
            <option key={choice} value={choice} selected={choice === typed}>
              {words.serviceChoice(choice)}
            </option>
          ))}
        </select>
      ) : kind === 'template' ? (
        <textarea {...shared} rows={4} defaultValue={typed} />
      ) : (
        <input {...shared} inputMode={kind === 'url' ? 'url' : undefined} defaultValue={typed} disabled={isForgotten} />
      )}
      <span class="quiet address" id={`${id}-hint`}>
        {hint}
      </span>
      {isKept && !isRequired && (
        <label class="check">
          <input
            type="checkbox"
            name={`forget-${name}`}
            checked={isForgotten}
            onChange={({ currentTarget }) => setForgotten(currentTarget.checked)}
          />
          {words.say('channelForget')}
        </label>
      )}
      {mistake && (
        <p class="mistake" id={`${id}-mistake`}>
          {words.failure(mistake)}
        </p>
      )}
    </div>
  );
}
