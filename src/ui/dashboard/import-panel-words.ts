/** The words of an import's codes. The names in `_locales` know no dash. */
import type { FileRemark } from '../../app/import-file.ts';
import type { Change } from '../../core/import/plan.ts';
import type { RowCode } from '../../core/import/rows.ts';
import type { FileCode } from '../../core/import/table.ts';
import type { MessageKey } from '../../i18n/message-keys.ts';

type Underscored<Text extends string> = Text extends `${infer Head}-${infer Tail}`
  ? `${Head}_${Underscored<Tail>}`
  : Text;

interface Codes {
  Row: RowCode;
  File: FileCode;
  Change: Change;
  Remark: FileRemark;
}

export function keyOf<Kind extends keyof Codes>(
  kind: Kind,
  code: Codes[Kind],
): `import${Kind}_${Underscored<Codes[Kind]>}` & MessageKey {
  return `import${kind}_${code.replaceAll('-', '_')}` as `import${Kind}_${Underscored<Codes[Kind]>}` & MessageKey;
}
