/** The two pages that show the bound number (facts/jd-baitiao.md §5): our own markup around the words that mark it. */

const shell = (title: string, body: string): string => `<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${title}</title></head><body>${body}</body></html>`;

/** 实名认证. The name and the card stand beside the number, and are none of Duly's. */
export function realNamePage(phone: string): string {
  return shell(
    '实名认证',
    `<div class="name">示例用户（1101**********0011）</div>
<ul class="info"><li><div>认证时间：</div><div><span>2019-05-01</span></div></li>
<li><div>绑定手机：</div><div><span>${phone}</span></div></li>
<li><div>认证渠道：</div><div><span>京东金融</span></div></li></ul>
<ul class="quick-list"><li id="card1"><span>储蓄卡 **** 9999</span><span>手机号：177****0001</span></li></ul>`,
  );
}

/** 账户安全. */
export function safetyPage(phone: string): string {
  return shell(
    '账户安全',
    `<div class="safe-item"><div class="fore1"><strong>登录密码</strong></div><div class="fore3"><a href="#">修改</a></div></div>
<div class="safe-item"><div class="fore1"><strong>邮箱验证</strong></div><div class="fore2">您验证的邮箱：<strong class="ftx-06">s***1@example.com</strong></div></div>
<div class="safe-item"><div class="fore1"><strong>手机验证</strong></div><div class="fore2"><span>您验证的手机：</span> <strong class="ftx-06">${phone}</strong> 若已丢失或停用，请立即更换，避免账户被盗</div><div class="fore3"><a href="#">修改</a></div></div>`,
  );
}

/** 快捷卡: the cards' own numbers, which may differ. */
export function cardPage(): string {
  return shell(
    '快捷卡',
    '<ul class="quick-list"><li id="card1"><span>储蓄卡</span><span>手机号：177****0001</span></li></ul>',
  );
}
