import { startNotice } from '../../src/wire/notice.tsx';

startNotice();
