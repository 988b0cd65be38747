/** The cheap look before the readers are fetched: whether a page may tell anything at all. It never misses what they find. */
import { documentIn } from './frames.ts';
import { isBillPath } from './jd-baitiao/manifest.ts';
import type { PageView, Place } from './site.ts';

/**
 * Every label that can make a bill has one of the single characters; the rest is what the words of `words.ts` have in
 * common. Texts and no expression: this runs once or twice on most pages, where compiling one would be most of the cost.
 */
const PARTS = ['还', '账', '欠', '逾', '缴', '登', '开通', '激活', '验证', '风险', '校验', '滑块', 'dangerousVerify'];

/**
 * Most of the look is to touch elements. Left out are the frequent ones that cannot have a shadow tree, and of the
 * frequent ones that can those with content of their own: a shadow tree would hide it. Frames are among the rest.
 */
const MAY_HOST =
  ':not(a,b,i,em,li,ul,td,tr,th,img,br,input,script,style,link):is(:empty,[id],:not(div,span,p,section))';

type Glanced = Pick<PageView, 'document' | 'responses'> & { readonly place: Place };

export function mayTell({ place, document, responses }: Glanced): boolean {
  if (responses.length > 0 || isBillPath(place)) return true;
  if (!document) return false;
  return (
    document.getElementById('assetsAggregated') !== null ||
    hasPart(`${place.pathname} ${document.title}`) ||
    hasWords(document.body ?? document.documentElement)
  );
}

function hasPart(text: string): boolean {
  return PARTS.some((part) => text.includes(part));
}

function hasWords(root: ParentNode & Node): boolean {
  if (hasPart(root.textContent ?? '')) return true;
  // The text of shadow trees and of frames is not in `textContent`.
  const elements = root.querySelectorAll(MAY_HOST);
  for (let at = 0; at < elements.length; at++) {
    const element = elements[at] as Element;
    const inner = element.shadowRoot ?? documentIn(element)?.body;
    if (inner && hasWords(inner)) return true;
  }
  return false;
}
