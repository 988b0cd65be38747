/** What the owner does with channels. A channel is used only once its test message was seen; nothing typed is lost at once. */
import { FIELDS, type FieldCode, parseValues, type Values } from '../core/channel/fields.ts';
import { type ChannelSetting, NO_HEALTH, type ServiceId } from '../core/channel/setting.ts';
import type { Instant } from '../core/day.ts';
import { type BinnedChannel, stillBinned, withSetting } from '../core/reminder/chain.ts';
import type { Patience } from '../core/reminder/patience.ts';
import type { Ports } from './ports.ts';

type Doors = Pick<Ports, 'store' | 'clock' | 'ids'>;

export interface ChannelGiven {
  readonly values: Values;
  readonly label: string;
  readonly whose: ChannelSetting['whose'];
  /** The owner says that the second person agreed. */
  readonly agreed: boolean;
}

export type SetUp =
  | { readonly kind: 'saved'; readonly id: string }
  /** `agreed` is no field of the service: the second person's word is missing. */
  | { readonly kind: 'refused'; readonly field: string; readonly code: FieldCode }
  | { readonly kind: 'gone' };

const NOT_AGREED: SetUp = { kind: 'refused', field: 'agreed', code: 'field-missing' };

export async function addChannel(
  { store, clock, ids }: Doors,
  service: ServiceId,
  given: ChannelGiven,
): Promise<SetUp> {
  const parsed = parseValues(service, given.values);
  if (!('values' in parsed)) return { kind: 'refused', ...parsed };
  if (isUnagreed(given)) return NOT_AGREED;
  const now = clock.now();
  const setting: ChannelSetting = {
    id: ids.next(),
    service,
    label: given.label.trim(),
    values: parsed.values,
    showsDetails: false,
    whose: given.whose,
    agreedAt: given.whose === 'other' ? now : null,
    isOn: true,
    addedAt: now,
    confirmedAt: null,
    health: NO_HEALTH,
  };
  await store.changeChannels((channels) => ({ ...channels, list: ordered([...channels.list, setting]) }));
  return { kind: 'saved', id: setting.id };
}

/**
 * A secret that was left empty stays, unless `forget` names it. Other values, or another person behind them, make
 * another channel: it has a new id and no confirmation yet, and the former one takes back what it still holds.
 */
export async function editChannel(
  { store, clock, ids }: Doors,
  id: string,
  given: ChannelGiven,
  forget: readonly string[] = [],
): Promise<SetUp> {
  if (isUnagreed(given)) return NOT_AGREED;
  const now = clock.now();
  const fresh = ids.next();
  let outcome: SetUp = { kind: 'gone' };
  await store.changeChannels((channels) => {
    const place = channels.list.findIndex((each) => each.id === id);
    const former = channels.list[place];
    if (!former) return channels;
    const parsed = parseValues(former.service, withKept(former, given.values, forget));
    if (!('values' in parsed)) {
      outcome = { kind: 'refused', ...parsed };
      return channels;
    }
    const label = given.label.trim();
    const isSame = former.whose === given.whose && sameValues(former.values, parsed.values);
    outcome = { kind: 'saved', id: isSame ? id : fresh };
    if (isSame) return withSetting(channels, id, (setting) => ({ ...setting, label }));
    const setting: ChannelSetting = {
      ...former,
      id: fresh,
      label,
      values: parsed.values,
      whose: given.whose,
      agreedAt: given.whose === 'other' ? now : null,
      // Nobody loses privacy to a changed address.
      showsDetails: former.showsDetails && former.whose === given.whose,
      confirmedAt: null,
      health: NO_HEALTH,
    };
    return {
      ...channels,
      list: ordered(channels.list.with(place, setting)),
      // A mistype that nobody ever used is not kept.
      bin:
        former.confirmedAt !== null || channels.held.some(({ channel }) => channel === id)
          ? binnedWith(channels.bin, { setting: former, place, at: now }, now)
          : channels.bin,
    };
  });
  return outcome;
}

/** Only what was seen is used. What did not arrive is not counted on until it does. */
export async function confirmChannel({ store, clock }: Doors, id: string, wasSeen: boolean): Promise<boolean> {
  const now = clock.now();
  return changeOne({ store }, id, (setting) => ({
    ...setting,
    confirmedAt: wasSeen ? now : null,
    // Whoever saw the message says that nothing stands in its way any more.
    health: wasSeen ? { ...setting.health, failure: null, pausedUntil: null } : setting.health,
  }));
}

export function switchChannel(
  { store }: Pick<Ports, 'store'>,
  id: string,
  part: Partial<Pick<ChannelSetting, 'isOn' | 'showsDetails'>>,
): Promise<boolean> {
  return changeOne({ store }, id, (setting) => ({ ...setting, ...part }));
}

/** One place up or down among those of the same person: a second person's stand last. */
export async function moveChannel({ store }: Pick<Ports, 'store'>, id: string, way: 'up' | 'down'): Promise<boolean> {
  let hasMoved = false;
  await store.changeChannels((channels) => {
    const list = ordered(channels.list);
    const from = list.findIndex((each) => each.id === id);
    const to = from + (way === 'up' ? -1 : 1);
    const [one, other] = [list[from], list[to]];
    hasMoved = one !== undefined && other !== undefined && one.whose === other.whose;
    return hasMoved ? { ...channels, list: list.with(from, other!).with(to, one!) } : channels;
  });
  return hasMoved;
}

export async function removeChannel({ store, clock }: Doors, id: string): Promise<boolean> {
  const now = clock.now();
  let isRemoved = false;
  await store.changeChannels((channels) => {
    const place = channels.list.findIndex((each) => each.id === id);
    const setting = channels.list[place];
    isRemoved = setting !== undefined;
    if (!setting) return channels;
    return {
      ...channels,
      list: channels.list.toSpliced(place, 1),
      bin: binnedWith(channels.bin, { setting, place, at: now }, now),
    };
  });
  return isRemoved;
}

/** Back in its place, as it was. */
export async function restoreChannel({ store }: Pick<Ports, 'store'>, id: string): Promise<boolean> {
  let isBack = false;
  await store.changeChannels((channels) => {
    const found = channels.bin.find(({ setting }) => setting.id === id);
    isBack = found !== undefined && !channels.list.some((each) => each.id === id);
    if (!found || !isBack) return channels;
    return {
      ...channels,
      list: ordered(channels.list.toSpliced(found.place, 0, found.setting)),
      bin: channels.bin.filter(({ setting }) => setting.id !== id),
    };
  });
  return isBack;
}

export async function setPatience({ store }: Pick<Ports, 'store'>, patience: Patience): Promise<void> {
  await store.changeChannels((channels) => ({ ...channels, patience }));
}

/** Keys of removed channels do not stay for ever. */
export async function emptyBin({ store, clock }: Pick<Ports, 'store' | 'clock'>): Promise<void> {
  const now = clock.now();
  const { bin } = await store.channels();
  if (stillBinned(bin, now).length < bin.length)
    await store.changeChannels((channels) => ({ ...channels, bin: stillBinned(channels.bin, now) }));
}

async function changeOne(
  { store }: Pick<Ports, 'store'>,
  id: string,
  change: (setting: ChannelSetting) => ChannelSetting,
): Promise<boolean> {
  const { list } = await store.changeChannels((channels) => withSetting(channels, id, change));
  return list.some((each) => each.id === id);
}

function isUnagreed({ whose, agreed }: ChannelGiven): boolean {
  return whose === 'other' && !agreed;
}

function withKept({ service, values }: ChannelSetting, typed: Values, forget: readonly string[]): Values {
  const secrets = FIELDS[service].filter(({ name, isSecret }) => isSecret && !forget.includes(name));
  const stored = secrets.map(({ name }) => [name, typed[name]?.trim() || values[name] || ''] as const);
  return { ...typed, ...Object.fromEntries(stored) };
}

function sameValues(a: Values, b: Values): boolean {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => (a[name] ?? '') === (b[name] ?? ''));
}

function ordered(list: readonly ChannelSetting[]): ChannelSetting[] {
  return [...list.filter(({ whose }) => whose === 'mine'), ...list.filter(({ whose }) => whose === 'other')];
}

/** The last removed one first. */
function binnedWith(bin: readonly BinnedChannel[], one: BinnedChannel, now: Instant): BinnedChannel[] {
  return [one, ...stillBinned(bin, now).filter(({ setting }) => setting.id !== one.setting.id)];
}
