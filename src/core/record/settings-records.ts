/** Rules, recipes, account states and channel settings as records. */
import type { ChannelSetting } from '../channel/setting.ts';
import { NO_HEALTH } from '../channel/setting.ts';
import type { Instant } from '../day.ts';
import { RECIPE_VERSION, type Recipe } from '../recipe.ts';
import { type Channels, NO_CHANNELS } from '../reminder/chain.ts';
import type { Account } from '../reminder/expected.ts';
import type { Rules } from '../rules.ts';
import type { Projected, Values } from './capture.ts';
import { canonical, type Json } from './record.ts';

export const RULES = 'rules';
export const RECIPE = 'recipe';
export const SITE = 'site';
export const CHANNEL = 'channel';
/** The order of the channels, and the patience with each kind of reminder. */
export const CHANNELS = 'channels';

/** Each is a field of its own. A rule that is missing here would not be shared: the compiler says so. */
const RULE_NAMES: Record<keyof Rules, true> = {
  leadDays: true,
  beforeHour: true,
  dueHours: true,
  overdueHour: true,
  quiet: true,
  zone: true,
  since: true,
  quietBefore: true,
  adapts: true,
};

/** Rules that the owner saved; a browser that has none of its own says nothing. */
export function rulesProjected(rules: Partial<Rules>): Projected {
  const names = Object.keys(RULE_NAMES) as (keyof Rules)[];
  const at = typeof rules.since === 'number' ? rules.since : undefined;
  return {
    kind: RULES,
    id: RULES,
    values: Object.fromEntries(names.map((name) => [name, (rules[name] ?? null) as Json])),
    editedAt: Object.fromEntries(names.map((name) => [name, at])),
  };
}

/** To be made sound: fields that nobody sent are left out. */
export function rulesFrom(values: Values, former: Partial<Rules> = {}): Partial<Rules> {
  const known = Object.entries(values).filter(([name, value]) => name in RULE_NAMES && value !== null);
  const others = Object.entries(former).filter(([name]) => !(name in RULE_NAMES));
  return { ...Object.fromEntries(others), quiet: null, ...Object.fromEntries(known) } as Partial<Rules>;
}

export function recipeProjected({ id, ...recipe }: Recipe): Projected {
  return {
    kind: RECIPE,
    id,
    values: { recipe: recipe as unknown as Json },
    editedAt: { recipe: recipe.taughtAt },
  };
}

/** Null for a recipe of another version: it passes through, and is no row here. */
export function recipeFrom(id: string, values: Values): Recipe | null {
  const recipe = values.recipe as unknown as Partial<Recipe> | null | undefined;
  return recipe?.version === RECIPE_VERSION && recipe.dueDay && recipe.remaining ? ({ ...recipe, id } as Recipe) : null;
}

export function siteKey({ siteId, account }: Pick<Account, 'siteId' | 'account'>): string {
  return `${siteId}/${account}`;
}

/** What readings left to expect. Whether *this* browser is signed in stays here. */
export function siteProjected(state: Account): Projected {
  const { lastMonthly, billsReadAt, issuedReadAt } = state;
  return {
    kind: SITE,
    id: siteKey(state),
    values: { lastMonthly, billsReadAt, issuedReadAt },
    editedAt: {
      lastMonthly: billsReadAt ?? undefined,
      billsReadAt: billsReadAt ?? undefined,
      issuedReadAt: issuedReadAt ?? undefined,
    },
  };
}

/** Null where nothing is known of the account. A reading elsewhere after this browser was signed out answers the question. */
export function siteFrom(id: string, values: Values, former: Account | null): Account | null {
  const cut = id.indexOf('/');
  const billsReadAt = instant(values.billsReadAt);
  const issuedReadAt = instant(values.issuedReadAt);
  const lastMonthly = (values.lastMonthly ?? null) as unknown as Account['lastMonthly'];
  if (billsReadAt === null && issuedReadAt === null && lastMonthly === null && !former) return null;
  const since = former?.signedOutSince ?? null;
  const isAnswered = since !== null && billsReadAt !== null && billsReadAt > since;
  return {
    ...former,
    siteId: id.slice(0, cut),
    account: id.slice(cut + 1),
    lastMonthly,
    billsReadAt,
    issuedReadAt,
    signedOutSince: isAnswered ? null : since,
  };
}

/** All channel settings, secrets among them: only where the owner said so. How a channel fares is each browser's own. */
export function channelsProjected({ list, patience }: Channels): Projected[] {
  const isDefault = canonical(patience as unknown as Json) === canonical(NO_CHANNELS.patience as unknown as Json);
  const general: Projected = {
    kind: CHANNELS,
    id: CHANNELS,
    values: {
      order: list.length === 0 ? null : list.map(({ id }) => id),
      patience: isDefault ? null : (patience as unknown as Json),
    },
  };
  return [general, ...list.map(channelProjected)];
}

function channelProjected({ id, health: _, ...setting }: ChannelSetting): Projected {
  return { kind: CHANNEL, id, values: { setting: setting as unknown as Json } };
}

/** `settings`: the live channel records by id; `general`: the values of `CHANNELS`. To be made sound. */
export function channelsFrom(settings: ReadonlyMap<string, Values>, general: Values, former: Channels): Channels {
  const order = (Array.isArray(general.order) ? general.order : []) as readonly string[];
  const place = (id: string): number => (order.includes(id) ? order.indexOf(id) : order.length);
  const health = new Map(former.list.map((each) => [each.id, each.health]));
  const list = [...settings].flatMap(([id, { setting }]): ChannelSetting[] =>
    typeof setting === 'object' && setting !== null
      ? [{ ...(setting as unknown as ChannelSetting), id, health: health.get(id) ?? NO_HEALTH }]
      : [],
  );
  list.sort((a, b) => place(a.id) - place(b.id) || (a.id < b.id ? -1 : 1));
  const patience = (general.patience ?? NO_CHANNELS.patience) as unknown as Channels['patience'];
  return { ...former, list, patience };
}

function instant(value: Json | undefined): Instant | null {
  return typeof value === 'number' ? value : null;
}
