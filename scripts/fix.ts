/** `npm run fix [-- path…]`: Biome's formatting and safe fixes. */
import { tool } from './command.ts';

const paths = process.argv.slice(2);
process.exitCode = await tool('biome', ['check', '--write', ...(paths.length > 0 ? paths : ['.'])]);
