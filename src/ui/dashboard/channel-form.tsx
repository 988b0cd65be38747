/** One channel as it is typed. The browser is asked in the submit itself; nothing that was typed is lost. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ChannelView } from '../../app/channels-view.ts';
import { FIELDS, type FieldCode, HELP, originsOf, readFields } from '../../core/channel/fields.ts';
import type { ServiceId } from '../../core/channel/setting.ts';
import { ChannelFields } from './channel-fields.tsx';
import { channelName, sampleNotice } from './channel-words.ts';
import type { DashboardProps } from './dashboard.tsx';

interface ChannelFormProps extends Pick<DashboardProps, 'words' | 'ask' | 'allow'> {
  readonly service: ServiceId;
  /** Null: a new one. */
  readonly channel: ChannelView | null;
  readonly saved: (id: string, isNew: boolean) => void;
  readonly close: () => void;
  readonly pickOther?: () => void;
}

export function ChannelForm({ service, channel, words, ask, allow, saved, close, pickOther }: ChannelFormProps) {
  const [mistakes, setMistakes] = useState<Readonly<Record<string, FieldCode>>>({});
  const [trouble, setTrouble] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const [isOther, setOther] = useState(channel?.whose === 'other');
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => form.current?.querySelector<HTMLElement>('.field input')?.focus(), []);

  const refuse = (found: Readonly<Record<string, FieldCode>>): void => {
    setMistakes(found);
    const [first] = Object.keys(found);
    // A field that stands in what is folded can take the focus only once that is open.
    setTimeout(() => first && (form.current?.elements.namedItem(first) as HTMLElement | null)?.focus(), 0);
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget as HTMLFormElement);
    const text = (name: string): string => String(typed.get(name) ?? '').trim();
    const fields = FIELDS[service];
    const forget = fields.map(({ name }) => name).filter((name) => typed.has(`forget-${name}`));
    const kept = fields
      .filter(({ name, isSecret }) => isSecret && channel?.values[name] && !forget.includes(name))
      .map(({ name }) => name);
    const values = Object.fromEntries(fields.map(({ name }) => [name, text(name)]));
    const read = readFields(service, values, kept);
    const agreed = channel?.whose === 'other' || typed.has('agreed');
    const wrong = { ...read.mistakes, ...(isOther && !agreed ? { agreed: 'field-missing' as const } : {}) };
    setTrouble(null);
    if (Object.keys(wrong).length > 0) {
      refuse(wrong);
      return;
    }
    setMistakes({});
    // A key that stays may hold the address in it.
    const isSame = fields.every(({ name }) => kept.includes(name) && !read.values[name]);
    const patterns = isSame ? [] : originsOf(service, read.values);
    const asked = allow(patterns.length > 0 ? patterns : (channel?.patterns ?? []), true);
    const given = { values, label: text('label'), whose: isOther ? 'other' : 'mine', agreed } as const;
    setSaving(true);
    void asked
      .catch(() => false) // The browser would not even ask: the same no.
      .then(async (isAllowed) => {
        if (!isAllowed) return setTrouble(words.say('channelDenied'));
        const answer = channel
          ? await ask({ do: 'channel-edit', id: channel.id, channel: given, forget })
          : await ask({ do: 'channel-add', service, channel: given });
        if (answer.kind === 'refused') refuse({ [answer.field]: answer.code });
        else if (answer.kind === 'gone') setTrouble(words.say('channelGone'));
        else saved(answer.id, answer.id !== channel?.id);
      })
      .catch(() => setTrouble(words.say('channelNoAnswer')))
      .finally(() => setSaving(false));
  };

  const preview = words.push(sampleNotice(words.say('channelSampleTitle')), {
    showsDetails: channel?.showsDetails === true && !isOther,
    whose: isOther ? 'other' : 'mine',
  });
  return (
    <form
      ref={form}
      class="channel-form"
      onSubmit={submit}
      noValidate
      autocomplete="off"
      aria-labelledby="channel-form"
    >
      <h4 id="channel-form">{channel ? channelName(channel, words) : words.service(service)}</h4>
      <p>
        {words.serviceHelp(service)}{' '}
        <a href={HELP[service]} target="_blank" rel="noreferrer">
          {words.say('channelWhere')}
        </a>
      </p>
      <ChannelFields service={service} channel={channel} mistakes={mistakes} words={words} />
      <div class="field">
        <label for="channel-label">{words.say('channelLabel')}</label>
        <input id="channel-label" name="label" maxLength={60} autocomplete="off" defaultValue={channel?.label ?? ''} />
      </div>
      <label class="check">
        <input type="checkbox" checked={isOther} onChange={({ currentTarget }) => setOther(currentTarget.checked)} />
        {words.say('channelOtherPerson')}
      </label>
      {isOther && channel?.whose !== 'other' && (
        <>
          <label class="check">
            <input type="checkbox" name="agreed" aria-invalid={mistakes.agreed !== undefined} />
            {words.say('channelAgree')}
          </label>
          {mistakes.agreed && <p class="mistake">{words.say('channelAgreeMissing')}</p>}
        </>
      )}
      {!channel?.showsDetails && (
        <div>
          <p class="quiet">{words.say('channelPrivate')}</p>
          <Said {...preview} />
        </div>
      )}
      {trouble && <p role="alert">{trouble}</p>}
      <p class="acts">
        <button type="submit" class="main" disabled={isSaving}>
          {words.say(isSaving ? 'channelSaving' : 'channelSave')}
        </button>
        {pickOther && (
          <button type="button" onClick={pickOther}>
            {words.say('channelPickOther')}
          </button>
        )}
        <button type="button" onClick={close}>
          {words.say('formCancel')}
        </button>
      </p>
    </form>
  );
}

/** A message as it would arrive. */
export function Said({ title, message }: { readonly title: string; readonly message: string }) {
  return (
    <blockquote class="said">
      <b>{title}</b>
      {message}
    </blockquote>
  );
}
