/** The page behind a notice; `notice.html#<notice id>`. */
import { noticeViewOf } from '../app/notice-view.ts';
import { Notice } from '../ui/notice/notice.tsx';
import { startPage } from './page.tsx';
import { pagePorts } from './page-ports.ts';

export function startNotice(): void {
  const noticeId = decodeURIComponent(location.hash.slice(1));
  const ports = pagePorts();
  startPage(
    ports,
    (look) => noticeViewOf(look, noticeId),
    (view, page) => <Notice view={view} {...page} />,
    ports.store.deviceId(),
  );
}
