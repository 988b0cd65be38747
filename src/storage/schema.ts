/** What the one that makes the database and the one that only looks into it agree on. */
export const DATABASE_NAME = 'duly';
export const SCHEMA_VERSION = 2;
