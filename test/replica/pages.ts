/** The HTML of the replica's pages: our own markup, with the words that a person sees on such pages. */
import type { Account } from './account.ts';
import { assetsAggregated } from './answers.ts';
import { yuan } from './format.ts';

const shell = (title: string, body: string, script = ''): string => `<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>${title}</title>
<meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/static/site.css">
</head>
<body>
<header class="top"><a class="brand" href="/v3/ious/list">示例商城金融</a><nav><a href="https://trade.jr.jd.com/centre/browse.action">我的资产</a><a href="https://baitiao.jd.com/v3/ious/list">我的白条</a></nav><span class="demo">演示页面，数据均为虚构</span></header>
${body}
${script}
</body>
</html>`;

const TABS = [
  ['issued', '已出账单'],
  ['unissued', '未出账单'],
  ['repayments', '还款流水'],
  ['refunds', '退款记录'],
  ['purchases', '消费明细'],
] as const;

/** The bill page: the summary and the five tabs; the rows come by script. */
export function billPage(account: Account): string {
  const assets = assetsAggregated(account);
  const block = assets.bill as Record<string, number>;
  const number = (fen: number) => yuan(fen).toFixed(2);
  // The value is single-quoted on the real page: an apostrophe inside would end it.
  const json = JSON.stringify(assets).replaceAll("'", '&#39;');
  return shell(
    '我的白条',
    `<main>
<input type="hidden" id="assetsAggregated" value='${json}'>
<section class="summary">
<div class="figure"><h2>近7日待还款</h2><p>¥<b>${number((assets.unPaidFor7 as number) * 100)}</b></p></div>
<div class="figure"><h2>全部待还</h2><p>¥<b>${number((assets.unPaidForAll as number) * 100)}</b></p></div>
<div class="figure"><h2>可用额度</h2><p>¥<b>${number((block.availableLimit ?? 0) * 100)}</b></p><small>总额度 ¥${number(account.limitFen)}</small></div>
</section>
<ul class="tabs" role="tablist">${TABS.map(([id, name], index) => `<li role="tab" tabindex="0" data-tab="${id}" aria-selected="${index === 0}">${name}</li>`).join('')}</ul>
${TABS.map(([id], index) => `<section class="panel" data-panel="${id}"${index === 0 ? '' : ' hidden'}><p class="loading">加载中…</p></section>`).join('\n')}
<section class="panel loans" data-panel="loans" hidden></section>
</main>`,
    '<script src="/static/list.js"></script>',
  );
}

/** What stands there once the site's makers have rebuilt it: nothing that a reader knows. */
export function rebuiltPage(): string {
  return shell(
    '我的白条',
    '<main><div id="app-root" data-v="9"><canvas width="600" height="240"></canvas><p>页面升级中，内容以图片展示</p></div></main>',
  );
}

export function noAccountPage(): string {
  return shell(
    '京东白条',
    '<main><section class="welcome"><h1>您暂未开通白条</h1><p>暂未开通白条，开通后可享先消费、后付款。</p><a class="button" href="/v3/activity/open">激活白条</a></section></main>',
  );
}

export function signInPage(returnUrl: string): string {
  const action = `https://passport.jd.com/uc/loginService?ReturnUrl=${encodeURIComponent(returnUrl)}`;
  return shell(
    '欢迎登录',
    `<main><form class="sign-in" method="post" action="${action}"><h1>账户登录</h1>
<label>用户名 <input name="loginname" autocomplete="off" placeholder="演示账户，随便填"></label>
<label>密码 <input name="nloginpwd" type="password" autocomplete="off"></label>
<button class="button">登 录</button><p>请先登录后查看我的白条</p></form></main>`,
  );
}

/** The overview on trade.jr.jd.com: sums, and no due day anywhere. */
export function overviewPage(account: Account): string {
  const assets = assetsAggregated(account);
  return shell(
    '我的资产',
    `<main><section class="summary"><div class="figure"><h2>白条待还款</h2><p><b id="creditDebt">${(assets.unPaidForAll as number).toFixed(2)}</b> 元</p></div>
<div class="figure"><h2>近七日待付</h2><p><b id="creditDebtSeven">${(assets.unPaidFor7 as number).toFixed(2)}</b> 元</p></div></section></main>`,
  );
}
