import { startPopup } from '../../src/wire/popup.tsx';

startPopup();
