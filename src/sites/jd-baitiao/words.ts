/** Words by which the site says that there is nothing to read (facts §4, §6, §10.7–8). */

export const SIGNED_OUT =
  /请先?您?登[录陆]|欢迎登[录陆]|(?:账户|账号|扫码|密码|短信)登[录陆]|登[录陆](?:状态)?已?(?:失效|过期|超时)|[尚还]?未登[录陆]/;
export const NOT_OPENED = /(?:暂?未|尚未|没有)开通(?:京东)?白条|激活(?:京东)?白条|您暂未开通/;
export const CHALLENGE = /dangerousVerify|安全验证|账户存在风险|进一步校验|滑块验证|拖动滑块/;

/** Words that no page shows to somebody who is signed in, not even in a corner of it. */
export const SIGNED_OUT_NOW =
  /请先登[录陆]|您[尚还]?未登[录陆]|[尚还]未登[录陆]|欢迎登[录陆]|登[录陆](?:状态)?已?(?:失效|过期|超时)/;
export const CHALLENGE_NOW = /dangerousVerify|进一步校验|滑块验证|拖动滑块/;
