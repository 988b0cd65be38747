import { startDashboard } from '../../src/wire/dashboard.tsx';

startDashboard();
