/** The page behind a notice; `notice.html#<notice id>`. */
import { noticeViewOf } from '../app/notice-view.ts';
import { Notice } from '../ui/notice/notice.tsx';
import { startPage } from './page.tsx';

export function startNotice(): void {
  const noticeId = decodeURIComponent(location.hash.slice(1));
  startPage(
    (ports) => noticeViewOf(ports, noticeId),
    (view, page) => <Notice view={view} {...page} />,
  );
}
