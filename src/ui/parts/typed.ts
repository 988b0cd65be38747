/** What people type into small fields, read and written. Null: it is not what the field asks for. */

/** `"9:30"` → 9.5; minutes are as fine as it gets. */
export function hourOf(text: string): number | null {
  const match = /^(\d{1,2})(?:[:：](\d{2}))?$/.exec(text.trim());
  const hour = match ? Number(match[1]) + Number(match[2] ?? 0) / 60 : Number.NaN;
  return hour >= 0 && hour < 24 && Number(match?.[2] ?? 0) < 60 ? hour : null;
}

/** 9.5 → `"09:30"`. */
export function clockOf(hour: number): string {
  const minutes = Math.floor(hour * 60 + 1e-6);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** `"7, 3、1"` → [7, 3, 1], whole numbers from 1 to `most`; an empty field is an empty list. */
export function numbersOf(text: string, most: number): number[] | null {
  const parts = text.split(/[,，、\s]+/).filter(Boolean);
  const numbers = parts.map((part) => (/^\d{1,4}$/.test(part) ? Number(part) : Number.NaN));
  return numbers.every((number) => number >= 1 && number <= most) ? numbers : null;
}
