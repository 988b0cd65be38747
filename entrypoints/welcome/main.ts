import { startWelcome } from '../../src/wire/welcome.tsx';

startWelcome();
